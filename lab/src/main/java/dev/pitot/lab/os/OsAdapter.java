package dev.pitot.lab.os;

import static dev.pitot.lab.os.ShellArguments.checkedInterface;

import dev.pitot.lab.os.Query.QueryCommand;
import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What a session has to know of a node's operating system: text in, values out. Nothing is run
/// here. Commands are programs with their arguments, unquoted; a connection quotes them. Any
/// thread may use it.
///
/// A name that would read as an option (`-f`), or holds what no name holds, is refused with an
/// [IllegalArgumentException] whose message is one sentence.
///
/// @param system Linux: with the programs of a distribution or with busybox's; Android: from the toolbox
///     of version 2 to toybox; Windows: with `cmd` as the shell; iOS: a person runs the server there, and no
///     command reaches it
public record OsAdapter(OperatingSystem system) {
    private static final QueryCommand<List<ListedProcess>> ALL_PROCESSES =
            new QueryCommand<>(List.of("ps", "-A", "-o", "pid=", "-o", "comm="), ProcessTable::numberAndName);
    private static final QueryCommand<List<ListedProcess>> TITLED_PROCESSES =
            new QueryCommand<>(List.of("ps"), ProcessTable::titled);

    /// The titles and the lines that match, since a busy node has thousands and a console is slow;
    /// all of them where there is no `grep`. Parameters: the pattern, the files.
    private static final String PROC = "p=$1; shift; cat \"$@\" | if type grep >/dev/null 2>&1; then"
            + " grep -e local_address -e \"$p\"; else cat; fi";

    private static final String NETSTAT =
            "netstat -an | if type grep >/dev/null 2>&1; then grep -e ^Proto -e \"$1\"; else cat; fi";

    /// One question to all who may know: each reports something that the others do not. The name
    /// comes as an argument of the script.
    private static final String LINUX_WIFI = "iw dev \"$1\" link; iwconfig \"$1\"; cat /proc/net/wireless";

    /// `dumpsys wifi` is megabytes long, of which one line describes the link.
    private static final String ANDROID_WIFI =
            "dumpsys wifi | grep mWifiInfo; iw dev \"$1\" link; cat /proc/net/wireless";

    /// Up to macOS 14.3; later it only reports that it is gone.
    private static final String AIRPORT =
            "/System/Library/PrivateFrameworks/Apple80211.framework/Versions/Current/Resources/airport";

    private static final String WINDOWS_BATTERY =
            "Get-CimInstance Win32_Battery | Format-List EstimatedChargeRemaining,BatteryStatus";

    /// The rules of a system.
    public static OsAdapter of(OperatingSystem system) {
        return new OsAdapter(system);
    }

    /// Whether commands can be run on such a node at all. If not, every question is without an
    /// answer, nothing can be ended, and the address of its test interface must be given.
    public boolean runsCommands() {
        return system != OperatingSystem.IOS;
    }

    /// A command as one line for the node's shell, every word quoted where it has to be: a POSIX
    /// shell, on Windows `cmd`.
    ///
    /// @throws IllegalArgumentException if a word cannot be written in such a line
    public String commandLine(List<String> command) {
        return system == OperatingSystem.WINDOWS ? ShellArguments.windows(command) : ShellArguments.posix(command);
    }

    /// Which processes there are. Those that have ended and only wait to be noticed are left
    /// out.
    public Query<List<ListedProcess>> processes() {
        return switch (system) {
            case LINUX -> new Query<>(List.of(ALL_PROCESSES, TITLED_PROCESSES));
            case ANDROID ->
                new Query<>(List.of(
                        new QueryCommand<>(List.of("ps", "-A", "-o", "PID,NAME"), ProcessTable::titled),
                        TITLED_PROCESSES));
            case MACOS -> new Query<>(List.of(ALL_PROCESSES));
            case WINDOWS -> Query.of(List.of("tasklist", "/FO", "CSV", "/NH"), ProcessTable::tasks);
            case IOS -> Query.none();
        };
    }

    /// The command that ends processes.
    ///
    /// @param isForced whether they have no choice; else they are asked to, and may write their last lines
    /// @param pids one and more, each 2 and up
    /// @throws IllegalArgumentException if a number is not that of a process one may end
    /// @throws UnsupportedOperationException if no command can be run
    public List<String> end(boolean isForced, List<Long> pids) {
        List<String> numbers = ShellArguments.pids(pids);
        List<String> command = new ArrayList<>();
        switch (system) {
            case LINUX, ANDROID, MACOS -> {
                command.addAll(List.of("kill", isForced ? "-KILL" : "-TERM"));
                command.addAll(numbers);
            }
            case WINDOWS -> {
                command.addAll(isForced ? List.of("taskkill", "/F") : List.of("taskkill"));
                numbers.forEach(pid -> command.addAll(List.of("/PID", pid)));
            }
            case IOS -> throw new UnsupportedOperationException("no command can be run on iOS");
        }
        return command;
    }

    /// Which addresses a network interface has that another machine can reach: IPv4 first,
    /// without those of a link only (IPv6 `fe80::`), which mean nothing elsewhere.
    ///
    /// @param networkInterface its name; on Windows that of the adapter, which is never part of a command: it
    ///     may hold blanks, and is looked for in the output
    public Query<List<InetAddress>> addresses(String networkInterface) {
        if (system == OperatingSystem.WINDOWS) {
            return Query.of(List.of("ipconfig"), output -> AddressList.ipconfig(networkInterface, output));
        }
        String name = system == OperatingSystem.IOS ? networkInterface : checkedInterface(networkInterface);
        var ip = new QueryCommand<>(List.of("ip", "-o", "addr", "show", "dev", name), AddressList::unix);
        var ifconfig = new QueryCommand<>(List.of("ifconfig", name), AddressList::unix);
        return switch (system) {
            case LINUX -> new Query<>(List.of(ip, ifconfig));
            case ANDROID ->
                new Query<>(List.of(
                        ip,
                        ifconfig,
                        new QueryCommand<>(List.of("netcfg"), output -> AddressList.netcfg(name, output))));
            case MACOS -> new Query<>(List.of(ifconfig));
            case WINDOWS, IOS -> Query.none();
        };
    }

    /// Whether something waits at a port, at any address of the node.
    ///
    /// @param port 1..65535
    public Query<Boolean> listens(Protocol protocol, int port) {
        SocketTable table = SocketTable.of(protocol, port);
        var netstat = new QueryCommand<>(List.of("sh", "-c", NETSTAT, "sh", "[.:]" + port + " "), table::inNetstat);
        return switch (system) {
            case LINUX, ANDROID -> { // the kernel's own tables, and netstat where they may not be read
                List<String> proc = new ArrayList<>(List.of("sh", "-c", PROC, "sh", table.inProcPattern()));
                proc.addAll(table.files());
                yield new Query<>(List.of(new QueryCommand<>(proc, table::inProc), netstat));
            }
            case MACOS -> new Query<>(List.of(netstat));
            case WINDOWS -> Query.of(List.of("netstat", "-an"), table::inNetstat);
            case IOS -> Query.none();
        };
    }

    /// Pings once, with a timeout of a second, and reads the round trip in milliseconds; no answer at all if
    /// nothing came back.
    ///
    /// @param host a name or an address
    public Query<Double> ping(String host) {
        String to = ShellArguments.host(host);
        boolean isIpv6 = to.indexOf(':') >= 0;
        List<String> command = switch (system) {
            case LINUX -> List.of("ping", "-n", "-c", "1", "-W", "1", to);
            // one program for both only since Android 10
            case ANDROID -> List.of(isIpv6 ? "ping6" : "ping", "-n", "-c", "1", "-W", "1", to);
            case MACOS -> // ping6 has no timeout to set
                isIpv6 ? List.of("ping6", "-n", "-c", "1", to) : List.of("ping", "-n", "-c", "1", "-W", "1000", to);
            case WINDOWS -> List.of("ping", "-n", "1", "-w", "1000", to);
            case IOS -> List.of();
        };
        return command.isEmpty() ? Query.none() : Query.of(command, TextSearch::roundTripMillis);
    }

    /// What is known of a wifi interface's link.
    public Query<WifiInfo> wifi(String networkInterface) {
        if (system == OperatingSystem.WINDOWS) {
            return Query.of(
                    List.of("netsh", "wlan", "show", "interfaces"),
                    output -> WifiReader.windows(networkInterface, output));
        }
        String name = checkedInterface(networkInterface);
        return switch (system) {
            case LINUX ->
                Query.of(List.of("sh", "-c", LINUX_WIFI, "sh", name), output -> WifiReader.linux(name, output));
            case ANDROID ->
                Query.of(List.of("sh", "-c", ANDROID_WIFI, "sh", name), output -> WifiReader.android(name, output));
            // the programs report the one wifi interface that there is; wdutil wants to be run by root
            case MACOS ->
                new Query<>(List.of(
                        new QueryCommand<>(List.of(AIRPORT, "-I"), WifiReader::mac),
                        new QueryCommand<>(List.of("wdutil", "info"), WifiReader::mac),
                        new QueryCommand<>(List.of("system_profiler", "SPAirPortDataType"), WifiReader::mac)));
            case WINDOWS, IOS -> Query.none();
        };
    }

    /// The state of the battery.
    public Query<Battery> battery() {
        return switch (system) {
            case LINUX -> Query.of(List.of("sh", "-c", "cat /sys/class/power_supply/*/uevent"), BatteryReader::linux);
            case ANDROID -> Query.of(List.of("dumpsys", "battery"), BatteryReader::android);
            case MACOS -> Query.of(List.of("pmset", "-g", "batt"), BatteryReader::mac);
            case WINDOWS ->
                Query.of(List.of("powershell", "-NoProfile", "-Command", WINDOWS_BATTERY), BatteryReader::windows);
            case IOS -> Query.none();
        };
    }

    /// A folder for files that are not to stay.
    public String temporaryFolder() {
        return switch (system) {
            case ANDROID -> "/data/local/tmp"; // the only one that a shell may write to and run programs from
            case WINDOWS -> "C:\\Windows\\Temp"; // every user may make files there, and the path has no blanks
            case LINUX, MACOS, IOS -> "/tmp";
        };
    }
}
