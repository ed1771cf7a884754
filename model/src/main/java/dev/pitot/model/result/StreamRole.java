package dev.pitot.model.result;

/// What the local end does on a stream.
public enum StreamRole {
    /// It sends.
    SENDER,
    /// It receives.
    RECEIVER;

    /// True if the local end sends.
    public boolean isSender() {
        return this == SENDER;
    }
}
