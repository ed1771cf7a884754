package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// Kernel counters of all UDP sockets together.
public final class SocketStatistics {
    private static final String COUNTER = "RcvbufErrors";
    private static final Path SNMP = Path.of("/proc/net/snmp");

    private SocketStatistics() {}

    /// Number of datagrams that this machine has dropped so far because a socket's receive buffer
    /// was full; 0 where the system has no such counter. A test of loopback may lose these, and no
    /// others: a busy machine does not run a receiver for a while.
    public static long receiveBufferErrors() throws IOException {
        return Files.isReadable(SNMP)
                ? receiveBufferErrors(Files.readString(SNMP)).orElse(0)
                : 0;
    }

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
