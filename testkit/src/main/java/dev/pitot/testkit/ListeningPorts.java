package dev.pitot.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Finds listening TCP ports in a process's network namespace without connecting to them: an
/// `iperf3 -1` would take a connection for its single test. Linux only.
final class ListeningPorts {
    private ListeningPorts() {}

    static boolean canBeKnown() {
        return Files.isReadable(Path.of("/proc/self/net/tcp"));
    }

    /// True if a socket listens on the port in the network namespace of the process; false if the
    /// process has ended.
    static boolean isListenedOn(int port, long pid) throws IOException {
        return hasListener(table(pid, "tcp"), port) || hasListener(table(pid, "tcp6"), port);
    }

    private static Path table(long pid, String protocol) {
        return Path.of("/proc", Long.toString(pid), "net", protocol);
    }

    private static boolean hasListener(Path table, int port) throws IOException {
        if (!Files.isReadable(table)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(table)) {
            return lines.anyMatch(line -> isListener(line, port));
        } catch (NoSuchFileException | UncheckedIOException _) { // the process ended meanwhile
            return false;
        }
    }

    /// True if a line describes a listening socket of the port. Columns as in proc_pid_net(5): `sl
    /// local_address rem_address st …`; the address ends in `:PORT` in hexadecimal, and `st` is 0A
    /// for TCP_LISTEN.
    static boolean isListener(String line, int port) {
        String[] columns = line.strip().split("\\s+", -1);
        return columns.length > 3
                && columns[3].equals("0A")
                && columns[1].endsWith(String.format(Locale.ROOT, ":%04X", port));
    }
}
