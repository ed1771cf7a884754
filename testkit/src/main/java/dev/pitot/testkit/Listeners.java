package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Which TCP ports of this machine are listened on, without connecting to any: an `iperf3 -1` would take a probe for
/// its one test. Linux only.
final class Listeners {
    private static final Path TCP4 = Path.of("/proc/net/tcp");
    private static final Path TCP6 = Path.of("/proc/net/tcp6");

    private Listeners() {}

    static boolean canBeKnown() {
        return Files.isReadable(TCP4);
    }

    static boolean isListenedOn(int port) throws IOException {
        return hasListener(TCP4, port) || (Files.isReadable(TCP6) && hasListener(TCP6, port));
    }

    private static boolean hasListener(Path table, int port) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.anyMatch(line -> isListener(line, port));
        }
    }

    /// Columns as in proc_pid_net(5): `sl local_address rem_address st …`; the address ends in `:PORT` in hexadecimal,
    /// and `st` is 0A for TCP_LISTEN.
    static boolean isListener(String line, int port) {
        String[] columns = line.strip().split("\\s+", -1);
        return columns.length > 3
                && columns[3].equals("0A")
                && columns[1].endsWith(String.format(Locale.ROOT, ":%04X", port));
    }
}
