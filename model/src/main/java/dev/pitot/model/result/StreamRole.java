package dev.pitot.model.result;

/// Role of the local end on a stream.
public enum StreamRole {
    SENDER,
    RECEIVER;

    public boolean isSender() {
        return this == SENDER;
    }
}
