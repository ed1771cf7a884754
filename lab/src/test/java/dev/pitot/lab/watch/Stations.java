package dev.pitot.lab.watch;

import dev.pitot.lab.connection.Connection;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Nodes of the tests, and what runs on them.
final class Stations {
    /// Of all tests of this run.
    static final String SESSION = UUID.randomUUID().toString().substring(0, 8);

    private Stations() {}

    static Station linux(String name, Connection connection) {
        return of(name, OperatingSystem.LINUX, connection, null, false);
    }

    static Station linux(String name, Connection connection, String networkInterface) {
        return of(name, OperatingSystem.LINUX, connection, networkInterface, false);
    }

    static Station of(
            String name,
            OperatingSystem system,
            Connection connection,
            @Nullable String networkInterface,
            boolean takesTurns) {
        return new Station(name, SESSION, new NodeCommands(connection, system), networkInterface, takesTurns);
    }

    static Clocks clocks(NanoClock monotonic) {
        return new Clocks(monotonic, InstantSource.system());
    }

    /// Writes a program for a station's `PATH`.
    static void program(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// The processes of this machine that carry a mark in their words or their environment.
    static List<String> marked(String mark) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                String words = text(process.resolve("cmdline")).replace('\0', ' ');
                if (words.contains(mark) || text(process.resolve("environ")).contains("PITOT_LAB_TAG=" + mark)) {
                    found.add(words);
                }
            }
        }
        return found;
    }

    /// Waits until no process carries a mark.
    static List<String> markedAfter(String mark, Duration patience) throws IOException, InterruptedException {
        long ends = new MachineClock().nanoTime() + patience.toNanos();
        List<String> found = marked(mark);
        while (!found.isEmpty() && new MachineClock().nanoTime() - ends < 0) {
            Waiting.pause(Duration.ofMillis(20));
            found = marked(mark);
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // the process has ended
        }
    }
}
