package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// macOS.
record MacAdapter() implements OsAdapter {
    /// Up to macOS 14.3; later it only says that it is gone.
    private static final String AIRPORT =
            "/System/Library/PrivateFrameworks/Apple80211.framework/Versions/Current/Resources/airport";

    @Override
    public boolean runsCommands() {
        return true;
    }

    @Override
    public String commandLine(List<String> command) {
        return ShellArguments.posix(command);
    }

    @Override
    public Query<List<ListedProcess>> processes() {
        return new Query<>(List.of(PosixCommands.ALL_PROCESSES));
    }

    @Override
    public List<String> end(KillMode how, List<Long> pids) {
        return PosixCommands.end(how, pids);
    }

    @Override
    public Query<List<InetAddress>> addresses(String networkInterface) {
        return new Query<>(List.of(PosixCommands.ifconfig(ShellArguments.networkInterface(networkInterface))));
    }

    @Override
    public Query<Boolean> listens(Protocol protocol, int port) {
        return new Query<>(List.of(PosixCommands.netstat(SocketTable.of(protocol, port))));
    }

    @Override
    public Query<Double> ping(String host, int count, Duration timeout) {
        String name = ShellArguments.host(host);
        String millis = ShellArguments.millis(timeout);
        List<String> command = name.indexOf(':') < 0
                ? List.of("ping", "-n", "-c", ShellArguments.count(count), "-W", millis, name)
                : List.of("ping6", "-n", "-c", ShellArguments.count(count), name); // it has no patience to set
        return Query.of(command, PingReplies::mean);
    }

    /// The programs tell of the one wifi interface that there is; `wdutil` wants to be run by
    /// root.
    @Override
    public Query<WifiInfo> wifi(String networkInterface) {
        ShellArguments.networkInterface(networkInterface);
        return new Query<>(List.of(
                new Query.QueryCommand<>(List.of(AIRPORT, "-I"), WifiReader::mac),
                new Query.QueryCommand<>(List.of("wdutil", "info"), WifiReader::mac),
                new Query.QueryCommand<>(List.of("system_profiler", "SPAirPortDataType"), WifiReader::mac)));
    }

    @Override
    public Query<Battery> battery() {
        return Query.of(List.of("pmset", "-g", "batt"), BatteryReader::mac);
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
