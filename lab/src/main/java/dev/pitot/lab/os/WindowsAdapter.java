package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Windows, with `cmd` as the shell.
record WindowsAdapter() implements OsAdapter {
    private static final String BATTERY =
            "Get-CimInstance Win32_Battery | Format-List EstimatedChargeRemaining,BatteryStatus";

    @Override
    public boolean runsCommands() {
        return true;
    }

    @Override
    public String commandLine(List<String> command) {
        return ShellArguments.windows(command);
    }

    @Override
    public Query<List<ListedProcess>> processes() {
        return Query.of(List.of("tasklist", "/FO", "CSV", "/NH"), ProcessTable::tasks);
    }

    @Override
    public List<String> end(KillMode how, List<Long> pids) {
        Stream<String> command = switch (how) {
            case ASKED -> Stream.of("taskkill");
            case FORCED -> Stream.of("taskkill", "/F");
        };
        return Stream.concat(command, ShellArguments.pids(pids).stream().flatMap(pid -> Stream.of("/PID", pid)))
                .toList();
    }

    /// The name is never part of the command: it may hold blanks, and is looked for in the
    /// output.
    @Override
    public Query<List<InetAddress>> addresses(String networkInterface) {
        return Query.of(List.of("ipconfig"), output -> AddressList.ipconfig(networkInterface, output));
    }

    @Override
    public Query<Boolean> listens(Protocol protocol, int port) {
        return new Query<>(List.of(
                new Query.QueryCommand<>(List.of("netstat", "-an"), SocketTable.of(protocol, port)::inNetstat)));
    }

    @Override
    public Query<Double> ping(String host, int count, Duration timeout) {
        return Query.of(
                List.of(
                        "ping",
                        "-n",
                        ShellArguments.count(count),
                        "-w",
                        ShellArguments.millis(timeout),
                        ShellArguments.host(host)),
                PingReplies::mean);
    }

    @Override
    public Query<WifiInfo> wifi(String networkInterface) {
        return Query.of(
                List.of("netsh", "wlan", "show", "interfaces"), output -> WifiReader.windows(networkInterface, output));
    }

    @Override
    public Query<Battery> battery() {
        return Query.of(List.of("powershell", "-NoProfile", "-Command", BATTERY), BatteryReader::windows);
    }

    @Override
    public String temporaryFolder() {
        return "C:\\Windows\\Temp"; // every user may make files there, and the path has no blanks
    }
}
