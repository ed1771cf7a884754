package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// macOS.
record MacRules() implements SystemRules {
    /// Up to macOS 14.3; later it only says that it is gone.
    private static final String AIRPORT =
            "/System/Library/PrivateFrameworks/Apple80211.framework/Versions/Current/Resources/airport";

    @Override
    public boolean runsCommands() {
        return true;
    }

    @Override
    public String commandLine(List<String> command) {
        return Words.posix(command);
    }

    @Override
    public Inquiry<List<ListedProcess>> processes() {
        return new Inquiry<>(List.of(PosixRules.ALL_PROCESSES));
    }

    @Override
    public List<String> end(Ending how, List<Long> pids) {
        return PosixRules.end(how, pids);
    }

    @Override
    public Inquiry<List<InetAddress>> addresses(String networkInterface) {
        return new Inquiry<>(List.of(PosixRules.ifconfig(Words.networkInterface(networkInterface))));
    }

    @Override
    public Inquiry<Boolean> listens(Protocol protocol, int port) {
        return new Inquiry<>(List.of(PosixRules.netstat(SocketTable.of(protocol, port))));
    }

    @Override
    public Inquiry<Double> ping(String host, int count, Duration patience) {
        String name = Words.host(host);
        String millis = Words.millis(patience);
        List<String> command = name.indexOf(':') < 0
                ? List.of("ping", "-n", "-c", Words.count(count), "-W", millis, name)
                : List.of("ping6", "-n", "-c", Words.count(count), name); // it has no patience to set
        return Inquiry.of(command, PingReplies::mean);
    }

    /// The programs tell of the one wifi interface that there is; `wdutil` wants to be run by
    /// root.
    @Override
    public Inquiry<WifiInfo> wifi(String networkInterface) {
        Words.networkInterface(networkInterface);
        return new Inquiry<>(List.of(
                new Inquiry.Way<>(List.of(AIRPORT, "-I"), WifiReader::mac),
                new Inquiry.Way<>(List.of("wdutil", "info"), WifiReader::mac),
                new Inquiry.Way<>(List.of("system_profiler", "SPAirPortDataType"), WifiReader::mac)));
    }

    @Override
    public Inquiry<Battery> battery() {
        return Inquiry.of(List.of("pmset", "-g", "batt"), BatteryReader::mac);
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
