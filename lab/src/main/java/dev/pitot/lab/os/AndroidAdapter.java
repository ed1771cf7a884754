package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Android, from the toolbox of version 2 to toybox.
record AndroidAdapter() implements OsAdapter {
    /// `dumpsys wifi` is megabytes long, of which one line tells of the link.
    private static final String WIFI = "dumpsys wifi | grep mWifiInfo; iw dev \"$1\" link; cat /proc/net/wireless";

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
        return new Query<>(List.of(
                new Query.QueryCommand<>(List.of("ps", "-A", "-o", "PID,NAME"), ProcessTable::titled),
                PosixCommands.TITLED_PROCESSES));
    }

    @Override
    public List<String> end(KillMode how, List<Long> pids) {
        return PosixCommands.end(how, pids);
    }

    @Override
    public Query<List<InetAddress>> addresses(String networkInterface) {
        String name = ShellArguments.networkInterface(networkInterface);
        return new Query<>(List.of(
                PosixCommands.ip(name),
                PosixCommands.ifconfig(name),
                new Query.QueryCommand<>(List.of("netcfg"), output -> AddressList.netcfg(name, output))));
    }

    @Override
    public Query<Boolean> listens(Protocol protocol, int port) {
        return PosixCommands.listensByProc(protocol, port);
    }

    @Override
    public Query<Double> ping(String host, int count, Duration timeout) {
        String program = host.indexOf(':') < 0 ? "ping" : "ping6"; // one for both only since Android 10
        return Query.of(
                List.of(
                        program,
                        "-n",
                        "-c",
                        ShellArguments.count(count),
                        "-W",
                        ShellArguments.seconds(timeout),
                        ShellArguments.host(host)),
                PingReplies::mean);
    }

    @Override
    public Query<WifiInfo> wifi(String networkInterface) {
        String name = ShellArguments.networkInterface(networkInterface);
        return Query.of(List.of("sh", "-c", WIFI, "sh", name), output -> WifiReader.android(name, output));
    }

    @Override
    public Query<Battery> battery() {
        return Query.of(List.of("dumpsys", "battery"), BatteryReader::android);
    }

    @Override
    public String temporaryFolder() {
        return "/data/local/tmp"; // the only folder that a shell may write to and run programs from
    }
}
