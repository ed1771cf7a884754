package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// iOS: a person runs the server there, and no command reaches it.
record UntouchedRules() implements SystemRules {
    @Override
    public boolean runsCommands() {
        return false;
    }

    @Override
    public String commandLine(List<String> command) {
        return Words.posix(command);
    }

    @Override
    public Inquiry<List<ListedProcess>> processes() {
        return Inquiry.none();
    }

    @Override
    public List<String> end(Ending how, List<Long> pids) {
        throw new UnsupportedOperationException("no command can be run on iOS");
    }

    @Override
    public Inquiry<List<InetAddress>> addresses(String networkInterface) {
        return Inquiry.none();
    }

    @Override
    public Inquiry<Boolean> listens(Protocol protocol, int port) {
        return Inquiry.none();
    }

    @Override
    public Inquiry<Double> ping(String host, int count, Duration patience) {
        return Inquiry.none();
    }

    @Override
    public Inquiry<WifiInfo> wifi(String networkInterface) {
        return Inquiry.none();
    }

    @Override
    public Inquiry<Battery> battery() {
        return Inquiry.none();
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
