package dev.pitot.checks.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// TCP connections of this machine, from Linux' proc file system.
final class Connections {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01"; // include/net/tcp_states.h

    private Connections() {}

    /// Number of connections to a local port that exist now. Columns as in proc_pid_net(5).
    static long to(int port) throws IOException {
        long count = 0;
        String end = String.format(Locale.ROOT, ":%04X", port);
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    count += lines.map(line -> line.strip().split("\\s+", -1))
                            .filter(columns -> columns[1].endsWith(end) && columns[3].equals(ESTABLISHED))
                            .count();
                }
            }
        }
        return count;
    }
}
