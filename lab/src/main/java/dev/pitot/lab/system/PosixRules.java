package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// What the systems with a POSIX shell have in common.
final class PosixRules {
    static final Inquiry.Way<List<ListedProcess>> ALL_PROCESSES =
            new Inquiry.Way<>(List.of("ps", "-A", "-o", "pid=", "-o", "comm="), ProcessTable::numberAndName);
    static final Inquiry.Way<List<ListedProcess>> TITLED_PROCESSES =
            new Inquiry.Way<>(List.of("ps"), ProcessTable::titled);

    /// The titles and the lines that match, since a busy node has thousands and a console is slow;
    /// all of them where there is no `grep`. Parameters: the pattern, the files.
    private static final String PROC = "p=$1; shift; cat \"$@\" | if type grep >/dev/null 2>&1; then"
            + " grep -e local_address -e \"$p\"; else cat; fi";

    private static final String NETSTAT =
            "netstat -an | if type grep >/dev/null 2>&1; then" + " grep -e ^Proto -e \"$1\"; else cat; fi";

    private PosixRules() {}

    static List<String> end(Ending how, List<Long> pids) {
        String signal = switch (how) {
            case ASKED -> "-TERM";
            case FORCED -> "-KILL";
        };
        return Stream.concat(Stream.of("kill", signal), Words.pids(pids).stream())
                .toList();
    }

    static Inquiry.Way<List<InetAddress>> ifconfig(String networkInterface) {
        return new Inquiry.Way<>(List.of("ifconfig", networkInterface), AddressList::unix);
    }

    static Inquiry.Way<List<InetAddress>> ip(String networkInterface) {
        return new Inquiry.Way<>(List.of("ip", "-o", "addr", "show", "dev", networkInterface), AddressList::unix);
    }

    /// The kernel's own tables, and `netstat` where they may not be read.
    static Inquiry<Boolean> listensByProc(Protocol protocol, int port) {
        SocketTable table = SocketTable.of(protocol, port);
        List<String> command = Stream.concat(
                        Stream.of("sh", "-c", PROC, "sh", table.inProcPattern()), table.files().stream())
                .toList();
        return new Inquiry<>(List.of(new Inquiry.Way<>(command, table::inProc), netstat(table)));
    }

    static Inquiry.Way<Boolean> netstat(SocketTable table) {
        return new Inquiry.Way<>(List.of("sh", "-c", NETSTAT, "sh", "[.:]" + table.port() + " "), table::inNetstat);
    }
}
