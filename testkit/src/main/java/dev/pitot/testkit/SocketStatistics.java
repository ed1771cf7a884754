package dev.pitot.testkit;

import java.util.List;
import java.util.OptionalLong;

/// Kernel counters of all UDP sockets together.
final class SocketStatistics {
    private static final String COUNTER = "RcvbufErrors";

    private SocketStatistics() {}

    /// Returns the number of datagrams dropped because a socket's receive buffer was full; empty if
    /// the text does not contain it.
    ///
    /// @param snmp content of `/proc/net/snmp`: for each protocol a line of names and a line of
    ///     values (proc_pid_net(5))
    static OptionalLong receiveBufferErrors(String snmp) {
        List<String[]> udp = snmp.lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> line.split(" ", -1))
                .toList();
        if (udp.size() != 2) {
            return OptionalLong.empty();
        }
        int column = List.of(udp.getFirst()).indexOf(COUNTER);
        return column < 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(udp.getLast()[column]));
    }
}
