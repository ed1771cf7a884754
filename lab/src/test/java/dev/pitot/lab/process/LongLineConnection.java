package dev.pitot.lab.process;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A connection over which bytes of one long line come and come, as over a slow console: what some
/// commands write is heard long after they have ended.
///
/// @param word of the commands that are heard late
/// @param late how much later
public record LongLineConnection(NodeConnection connection, String word, Duration late) implements NodeConnection {
    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        if (!command.contains(word)) {
            return connection.start(command, lines);
        }
        Queue<OutputLine> held = new ConcurrentLinkedQueue<>();
        return new Transferring(connection.start(command, held::add), held, lines, late);
    }

    @Override
    public void close() {
        connection.close();
    }

    private static final class Transferring implements RunningCommand {
        private final RunningCommand command;
        private final Thread thread;

        Transferring(RunningCommand command, Queue<OutputLine> held, LineListener lines, Duration late) {
            this.command = command;
            thread = Thread.ofVirtual().start(() -> {
                try {
                    if (command.await(Duration.ofSeconds(100)) != null) {
                        LockSupport.parkNanos(late.toNanos());
                        held.forEach(lines::onLine);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
            return thread.join(timeout.plusMillis(1)) ? command.await(timeout) : null;
        }

        @Override
        public Duration silence() {
            return Duration.ofMillis(10);
        }

        @Override
        public void close() {
            thread.interrupt();
            command.close();
        }
    }
}
