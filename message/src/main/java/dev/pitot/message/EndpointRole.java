package dev.pitot.message;

/// The part of a client or a server in an [EndpointLoop]. Takes the messages that other threads gave.
interface EndpointRole extends CommandQueue.Consumer {
    /// Any thread. What it is doing.
    EndpointState state();

    /// One turn: what has come, what is due, what leaves, who is gone.
    ///
    /// @return whether there was anything to do
    boolean turn();

    /// Waits until there is something to do in a turn.
    void await(long nanos);

    /// Any thread. Ends a waiting.
    void wakeup();

    /// Whether there is nothing to do any more, ever.
    boolean isOver(boolean isClosing);

    /// Begins to close, after what was sent before.
    void disconnect();

    /// Frees everything.
    void close();

    /// Any thread. Takes the sockets away.
    void cutOff();

    /// Frees everything though it failed, and tells its user that and why it is over.
    void fail(Throwable cause);
}
