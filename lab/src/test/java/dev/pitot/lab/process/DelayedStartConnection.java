package dev.pitot.lab.process;

import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection whose first command has other words before its own. Any thread may use it.
final class DelayedStartConnection implements NodeConnection {
    private final NodeConnection connection;
    private final List<String> before;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    DelayedStartConnection(NodeConnection connection, List<String> before) {
        this.connection = connection;
        this.before = before;
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        List<String> words = new ArrayList<>(isFirst.getAndSet(false) ? before : List.of());
        words.addAll(command);
        return connection.start(words, lines);
    }

    @Override
    public void close() {
        connection.close();
    }
}
