package dev.pitot.model.result;

/// Role of the local end on a stream.
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
