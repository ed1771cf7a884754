package dev.pitot.model.result;

/// What the local end does on a stream.
public enum StreamRole {
    SENDER,
    RECEIVER;

    public boolean isSender() {
        return this == SENDER;
    }
}
