package dev.pitot.lab.run;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.connection.RunningCommand;
import java.util.List;

/// Fails the test that touches it.
record Untouchable() implements Connection {
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
