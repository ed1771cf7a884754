package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// iOS: a person runs the server there, and no command reaches it.
record IosAdapter() implements OsAdapter {
    @Override
    public boolean runsCommands() {
        return false;
    }

    @Override
    public String commandLine(List<String> command) {
        return ShellArguments.posix(command);
    }

    @Override
    public Query<List<ListedProcess>> processes() {
        return Query.none();
    }

    @Override
    public List<String> end(KillMode how, List<Long> pids) {
        throw new UnsupportedOperationException("no command can be run on iOS");
    }

    @Override
    public Query<List<InetAddress>> addresses(String networkInterface) {
        return Query.none();
    }

    @Override
    public Query<Boolean> listens(Protocol protocol, int port) {
        return Query.none();
    }

    @Override
    public Query<Double> ping(String host, int count, Duration timeout) {
        return Query.none();
    }

    @Override
    public Query<WifiInfo> wifi(String networkInterface) {
        return Query.none();
    }

    @Override
    public Query<Battery> battery() {
        return Query.none();
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
