package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Restores default signal handling in child processes, so that SIGINT works even if this process
/// ignores it. A shell without job control starts background jobs with SIGINT ignored, children
/// inherit that, and neither iperf3 nor a JVM re-enables an ignored SIGINT.
final class DefaultSignals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED_SIGNALS =
            "SigIgn:"; // proc_pid_status(5): a mask in hexadecimal, bit 0 is signal 1

    private DefaultSignals() {}

    /// Returns the command, prefixed with GNU env (coreutils 8.31 or newer) if signals must be
    /// restored.
    static List<String> restoredFor(List<String> command) throws IOException {
        if (!Files.isReadable(STATUS)) {
            return command;
        }
        boolean ignored;
        try (Stream<String> lines = Files.lines(STATUS)) {
            ignored = lines.anyMatch(DefaultSignals::ignoresInterrupt);
        }
        return ignored ? prefixed(command) : command;
    }

    static boolean ignoresInterrupt(String statusLine) {
        if (!statusLine.startsWith(IGNORED_SIGNALS)) {
            return false;
        }
        long mask = Long.parseUnsignedLong(
                statusLine.substring(IGNORED_SIGNALS.length()).strip(), 16);
        return (mask & (1L << (Signal.INT.number() - 1))) != 0;
    }

    static List<String> prefixed(List<String> command) {
        List<String> prefixed = new ArrayList<>(List.of("env", "--default-signal=INT,TERM"));
        prefixed.addAll(command);
        return prefixed;
    }
}
