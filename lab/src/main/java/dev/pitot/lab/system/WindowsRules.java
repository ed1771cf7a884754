package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Windows, with `cmd` as the shell.
record WindowsRules() implements SystemRules {
    private static final String BATTERY =
            "Get-CimInstance Win32_Battery | Format-List EstimatedChargeRemaining,BatteryStatus";

    @Override
    public boolean runsCommands() {
        return true;
    }

    @Override
    public String commandLine(List<String> command) {
        return Words.windows(command);
    }

    @Override
    public Inquiry<List<ListedProcess>> processes() {
        return Inquiry.of(List.of("tasklist", "/FO", "CSV", "/NH"), ProcessTable::tasks);
    }

    @Override
    public List<String> end(Ending how, List<Long> pids) {
        Stream<String> command = switch (how) {
            case ASKED -> Stream.of("taskkill");
            case FORCED -> Stream.of("taskkill", "/F");
        };
        return Stream.concat(command, Words.pids(pids).stream().flatMap(pid -> Stream.of("/PID", pid)))
                .toList();
    }

    /// The name is never part of the command: it may hold blanks, and is looked for in the
    /// output.
    @Override
    public Inquiry<List<InetAddress>> addresses(String networkInterface) {
        return Inquiry.of(List.of("ipconfig"), output -> AddressList.ipconfig(networkInterface, output));
    }

    @Override
    public Inquiry<Boolean> listens(Protocol protocol, int port) {
        return new Inquiry<>(
                List.of(new Inquiry.Way<>(List.of("netstat", "-an"), SocketTable.of(protocol, port)::inNetstat)));
    }

    @Override
    public Inquiry<Double> ping(String host, int count, Duration patience) {
        return Inquiry.of(
                List.of("ping", "-n", Words.count(count), "-w", Words.millis(patience), Words.host(host)),
                PingReplies::mean);
    }

    @Override
    public Inquiry<WifiInfo> wifi(String networkInterface) {
        return Inquiry.of(
                List.of("netsh", "wlan", "show", "interfaces"), output -> WifiReader.windows(networkInterface, output));
    }

    @Override
    public Inquiry<Battery> battery() {
        return Inquiry.of(List.of("powershell", "-NoProfile", "-Command", BATTERY), BatteryReader::windows);
    }

    @Override
    public String temporaryFolder() {
        return "C:\\Windows\\Temp"; // every user may make files there, and the path has no blanks
    }
}
