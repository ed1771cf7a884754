package dev.pitot.lab.process;

import dev.pitot.lab.connection.CommandEnd;
import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection that carries out its first command and breaks before it tells. Any thread may use
/// it.
final class BreakingStart implements Connection {
    private final Connection connection;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    BreakingStart(Connection connection) {
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
        public @Nullable CommandEnd await(Duration patience) throws InterruptedException {
            return running.await(patience) == null ? null : new CommandEnd.ConnectionLost("the link broke");
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
