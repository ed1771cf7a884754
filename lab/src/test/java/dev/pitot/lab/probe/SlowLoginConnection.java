package dev.pitot.lab.probe;

import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A node whose login shell takes its time before each command.
///
/// @param login whole seconds
public record SlowLoginConnection(NodeConnection connection, Duration login) implements NodeConnection {
    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "sleep " + login.toSeconds() + "; exec \"$@\"", "login"));
        words.addAll(command);
        return connection.start(words, lines);
    }

    @Override
    public void close() {
        connection.close();
    }
}
