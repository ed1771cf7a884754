package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// What the systems with a POSIX shell have in common.
final class PosixCommands {
    static final Query.QueryCommand<List<ListedProcess>> ALL_PROCESSES =
            new Query.QueryCommand<>(List.of("ps", "-A", "-o", "pid=", "-o", "comm="), ProcessTable::numberAndName);
    static final Query.QueryCommand<List<ListedProcess>> TITLED_PROCESSES =
            new Query.QueryCommand<>(List.of("ps"), ProcessTable::titled);

    /// The titles and the lines that match, since a busy node has thousands and a console is slow;
    /// all of them where there is no `grep`. Parameters: the pattern, the files.
    private static final String PROC = "p=$1; shift; cat \"$@\" | if type grep >/dev/null 2>&1; then"
            + " grep -e local_address -e \"$p\"; else cat; fi";

    private static final String NETSTAT =
            "netstat -an | if type grep >/dev/null 2>&1; then" + " grep -e ^Proto -e \"$1\"; else cat; fi";

    private PosixCommands() {}

    static List<String> end(KillMode how, List<Long> pids) {
        String signal = switch (how) {
            case ASKED -> "-TERM";
            case FORCED -> "-KILL";
        };
        return Stream.concat(Stream.of("kill", signal), ShellArguments.pids(pids).stream())
                .toList();
    }

    static Query.QueryCommand<List<InetAddress>> ifconfig(String networkInterface) {
        return new Query.QueryCommand<>(List.of("ifconfig", networkInterface), AddressList::unix);
    }

    static Query.QueryCommand<List<InetAddress>> ip(String networkInterface) {
        return new Query.QueryCommand<>(
                List.of("ip", "-o", "addr", "show", "dev", networkInterface), AddressList::unix);
    }

    /// The kernel's own tables, and `netstat` where they may not be read.
    static Query<Boolean> listensByProc(Protocol protocol, int port) {
        SocketTable table = SocketTable.of(protocol, port);
        List<String> command = Stream.concat(
                        Stream.of("sh", "-c", PROC, "sh", table.inProcPattern()), table.files().stream())
                .toList();
        return new Query<>(List.of(new Query.QueryCommand<>(command, table::inProc), netstat(table)));
    }

    static Query.QueryCommand<Boolean> netstat(SocketTable table) {
        return new Query.QueryCommand<>(
                List.of("sh", "-c", NETSTAT, "sh", "[.:]" + table.port() + " "), table::inNetstat);
    }
}
