package dev.pitot.lab.os;

import dev.pitot.model.config.Protocol;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads tables of sockets for one port.
///
/// @param isUdp whether a UDP socket is looked for; TCP otherwise
/// @param port 1..65535
record SocketTable(boolean isUdp, int port) {
    private static final String TCP_LISTEN = "0A"; // net/tcp_states.h: TCP_LISTEN
    private static final String UDP_UNCONNECTED = "07"; // net/tcp_states.h: TCP_CLOSE
    private static final String TITLE = "local_address";

    /// @throws IllegalArgumentException if it is SCTP, which no table here shows
    static SocketTable of(Protocol protocol, int port) {
        return switch (protocol) {
            case TCP, MULTIPATH_TCP -> new SocketTable(false, ShellArguments.port(port));
            case UDP -> new SocketTable(true, ShellArguments.port(port));
            case SCTP -> throw new IllegalArgumentException("no table of sockets shows who waits for SCTP");
        };
    }

    /// The tables of Linux that have such sockets.
    List<String> files() {
        return isUdp ? List.of("/proc/net/udp", "/proc/net/udp6") : List.of("/proc/net/tcp", "/proc/net/tcp6");
    }

    /// What lines of these tables match that [#inProc] looks for, as `grep` has it; others may, too.
    String inProcPattern() {
        return String.format(Locale.ROOT, ":%04X [0-9A-F:]* %s ", port, isUdp ? UDP_UNCONNECTED : TCP_LISTEN);
    }

    /// `sl  local_address rem_address   st …`, addresses and ports in hexadecimal.
    @Nullable Boolean inProc(String output) {
        String ending = String.format(Locale.ROOT, ":%04X", port);
        String state = isUdp ? UDP_UNCONNECTED : TCP_LISTEN;
        boolean isTold = false;
        for (String line : TextSearch.lines(output)) {
            String[] words = line.strip().split("\\s+", 5);
            isTold |= words.length > 1 && words[1].equals(TITLE);
            if (words.length > 3 && words[0].endsWith(":") && words[1].endsWith(ending) && words[3].equals(state)) {
                return true;
            }
        }
        return isTold ? false : null;
    }

    /// `netstat -an`, with the queues (Linux, Android, macOS) or without (Windows). The state is
    /// not read, for Windows translates it: a listener is who has no peer.
    @Nullable Boolean inNetstat(String output) {
        boolean isTold = false;
        for (String line : TextSearch.lines(output)) {
            String[] words = line.strip().split("\\s+", -1);
            String kind = words[0].toLowerCase(Locale.ROOT);
            isTold |= kind.startsWith("tcp") || kind.startsWith("udp") || kind.equals("proto");
            if (!kind.startsWith(isUdp ? "udp" : "tcp")) {
                continue;
            }
            int local = words.length > 1 && words[1].matches("\\d+") ? 3 : 1;
            if (words.length > local + 1 && isOurs(words[local]) && isNobody(words[local + 1])) {
                return true;
            }
        }
        return isTold ? false : null;
    }

    private boolean isOurs(String local) {
        return local.endsWith(":" + port) || local.endsWith("." + port);
    }

    /// `0.0.0.0:*`, `:::*`, `*.*`, `*:*`, `0.0.0.0:0`, `[::]:0`.
    private static boolean isNobody(String peer) {
        return peer.endsWith(":*") || peer.endsWith(".*") || peer.endsWith(":0");
    }
}
