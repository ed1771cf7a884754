package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Lets children react to Ctrl-C even where this process does not. A shell without job control
/// starts its background jobs with SIGINT ignored, children inherit that, and neither iperf3
/// nor a JVM takes an ignored SIGINT back.
final class DefaultSignals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED_SIGNALS =
            "SigIgn:"; // proc_pid_status(5): a mask in hexadecimal, bit 0 is signal 1

    private DefaultSignals() {}

    /// The command, led by GNU env (coreutils 8.31 or newer) where signals must be given back.
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
