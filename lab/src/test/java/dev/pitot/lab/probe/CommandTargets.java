package dev.pitot.lab.probe;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.NodeConnection;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Nodes of the tests, and what runs on them.
public final class CommandTargets {
    /// Of all tests of this run.
    public static final String SESSION = UUID.randomUUID().toString().substring(0, 8);

    private CommandTargets() {}

    public static CommandTarget linux(String name, NodeConnection connection) {
        return of(name, OperatingSystem.LINUX, connection, null, false);
    }

    public static CommandTarget linux(String name, NodeConnection connection, String networkInterface) {
        return of(name, OperatingSystem.LINUX, connection, networkInterface, false);
    }

    public static CommandTarget of(
            String name,
            OperatingSystem system,
            NodeConnection connection,
            @Nullable String networkInterface,
            boolean takesTurns) {
        return new CommandTarget(name, SESSION, new NodeCommands(connection, system), networkInterface, takesTurns);
    }

    public static Clocks clocks(NanoClock monotonic) {
        return new Clocks(monotonic, InstantSource.system());
    }

    /// Waits; tests do so only between two looks.
    public static void pause(Duration length) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// A node that may take so long for a login and for a command.
    public static CommandTarget linux(String name, NodeConnection connection, Duration login, Duration command) {
        NodeTimeouts usual = NodeTimeouts.DEFAULT;
        var timeouts = new NodeTimeouts(login, command, usual.ready(), usual.report(), usual.fetch(), usual.end());
        var commands = new NodeCommands(
                connection, OperatingSystem.LINUX, new Node.Control(Node.StaleProcessPolicy.OURS, timeouts));
        return new CommandTarget(name, SESSION, commands, null, false);
    }

    /// Writes a program for a station's `PATH`.
    public static void program(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// The processes of this machine that carry a mark in their words or their environment.
    public static List<String> marked(String mark) throws IOException {
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
    public static List<String> markedAfter(String mark, Duration timeout) throws IOException, InterruptedException {
        long ends = new MachineClock().nanoTime() + timeout.toNanos();
        List<String> found = marked(mark);
        while (!found.isEmpty() && new MachineClock().nanoTime() - ends < 0) {
            pause(Duration.ofMillis(20));
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
