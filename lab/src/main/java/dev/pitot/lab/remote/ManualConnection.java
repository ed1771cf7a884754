package dev.pitot.lab.remote;

import java.util.List;

/// A device that must not be touched: every command is refused.
///
/// @param node what the plan calls it
record ManualConnection(String node) implements NodeConnection {
    @Override
    public String name() {
        return new ShellContext.ConnectionLabel(node, "by hand").text();
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        throw new ConnectionException(
                name() + ": nothing is run on this device; a person must start " + command.getFirst() + " on it");
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
