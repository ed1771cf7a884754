package dev.pitot.lab.process;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection that carries out its first command and breaks before it tells. Any thread may use
/// it.
final class BreakingConnection implements NodeConnection {
    private final NodeConnection connection;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    BreakingConnection(NodeConnection connection) {
        this.connection = connection;
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        RunningCommand running = connection.start(command, lines);
        return isFirst.getAndSet(false) ? new Breaking(running) : running;
    }

    @Override
    public void close() {
        connection.close();
    }

    private record Breaking(RunningCommand running) implements RunningCommand {
        @Override
        public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
            return running.await(timeout) == null ? null : new CommandEnd.ConnectionLost("the link broke");
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
