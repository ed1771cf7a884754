package dev.pitot.lab.measurement;

import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.remote.RunningCommand;
import java.util.List;

/// Fails the test that touches it.
record ForbiddenConnection() implements NodeConnection {
    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) {
        throw new AssertionError("touched: " + command);
    }

    @Override
    public void close() {}
}
