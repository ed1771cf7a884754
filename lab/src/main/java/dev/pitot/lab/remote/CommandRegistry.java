package dev.pitot.lab.remote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The commands of one connection that have not ended. Any thread may use it.
final class CommandRegistry implements AutoCloseable {
    private final String name;
    private final Set<RunningCommand> all = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    CommandRegistry(String name) {
        this.name = name;
    }

    /// Asked before each command.
    ///
    /// @throws ConnectionException if the connection was closed
    void requireOpen() throws ConnectionException {
        if (isClosed) {
            throw new ConnectionException(name + ": the connection was closed; open a new one");
        }
    }

    void add(RunningCommand command) {
        all.add(command);
        if (isClosed) { // meanwhile
            command.close();
        }
    }

    void remove(RunningCommand command) {
        all.remove(command);
    }

    /// Lets all of them go at once.
    @Override
    public void close() {
        isClosed = true;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(command -> threads.execute(command::close));
        }
        all.clear();
    }
}
