package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Datagrams dropped by the kernel because the buffers of UDP sockets were full. Linux only.
final class DatagramDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private DatagramDrops() {}

    /// Returns the number of drops at all sockets of a port; empty if the system does not report
    /// it.
    static OptionalLong at(int port) throws IOException {
        long sum = 0;
        boolean isKnown = false;
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                isKnown = true;
                try (Stream<String> lines = Files.lines(table)) {
                    sum += lines.mapToLong(line -> dropsIn(line, port)).sum();
                }
            }
        }
        return isKnown ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /// Returns the drops in a line of the table. Columns as in proc_pid_net(5): `sl local_address …
    /// drops`; the address ends in `:PORT` in hexadecimal, and the drops are the last column.
    static long dropsIn(String line, int port) {
        String[] columns = line.strip().split("\\s+", -1);
        boolean isOfPort = columns.length > 2 && columns[1].endsWith(String.format(Locale.ROOT, ":%04X", port));
        return isOfPort ? Long.parseLong(columns[columns.length - 1]) : 0;
    }
}
