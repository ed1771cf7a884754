package dev.pitot.lab.remote;

import java.util.List;

/// A way to run commands on a node. Opening is lazy: the first command connects. Any thread may
/// use it; commands run side by side, except that a console (telnet, serial) takes turns.
public interface NodeConnection extends AutoCloseable {
    /// What messages call it, such as `tate (ssh root@phoridfly)`; never with a secret.
    String name();

    /// Starts a command.
    ///
    /// @param command the program and its arguments; the connection quotes them for the node's
    /// shell
    /// @param lines receives what the command writes, until it has ended or is let go
    /// @throws ConnectionException if the node cannot be reached or the command not be started;
    /// the
    ///     message is one sentence that names the node
    RunningCommand start(List<String> command, LineListener lines) throws ConnectionException;

    /// Lets every command go and drops the connection, within a second. What runs on the node
    /// may go on there: end it before.
    @Override
    void close();
}
