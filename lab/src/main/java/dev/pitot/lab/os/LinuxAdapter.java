package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Linux, with the programs of a distribution or with busybox's.
record LinuxAdapter() implements OsAdapter {
    /// One question to all who may know: each tells something that the others do not. The name
    /// comes as an argument of the script.
    private static final String WIFI = "iw dev \"$1\" link; iwconfig \"$1\"; cat /proc/net/wireless";

    private static final String BATTERY = "cat /sys/class/power_supply/*/uevent";

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
        return new Query<>(List.of(PosixCommands.ALL_PROCESSES, PosixCommands.TITLED_PROCESSES));
    }

    @Override
    public List<String> end(KillMode how, List<Long> pids) {
        return PosixCommands.end(how, pids);
    }

    @Override
    public Query<List<InetAddress>> addresses(String networkInterface) {
        String name = ShellArguments.networkInterface(networkInterface);
        return new Query<>(List.of(PosixCommands.ip(name), PosixCommands.ifconfig(name)));
    }

    @Override
    public Query<Boolean> listens(Protocol protocol, int port) {
        return PosixCommands.listensByProc(protocol, port);
    }

    @Override
    public Query<Double> ping(String host, int count, Duration timeout) {
        return Query.of(
                List.of(
                        "ping",
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
        return Query.of(List.of("sh", "-c", WIFI, "sh", name), output -> WifiReader.linux(name, output));
    }

    @Override
    public Query<Battery> battery() {
        return Query.of(List.of("sh", "-c", BATTERY), BatteryReader::linux);
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
