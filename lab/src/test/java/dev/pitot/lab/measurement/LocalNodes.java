package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.time.MachineClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Nodes that are this machine, under names that no other test on it has: what one has left is
/// ended by its node's name.
public final class LocalNodes {
    public static final String LOOPBACK = "127.0.0.1";
    public static final Duration PATIENCE = Duration.ofSeconds(100);

    private LocalNodes() {}

    public static String name(String begin) {
        return begin + "." + UUID.randomUUID().toString().substring(0, 8);
    }

    static NodeHandle device(String name) {
        return device(name, Map.of());
    }

    /// @param paths of stand-ins for programs
    static NodeHandle device(String name, Map<EngineKind, String> paths) {
        return device(name, paths, NodeTimeouts.DEFAULT);
    }

    static NodeHandle device(String name, Map<EngineKind, String> paths, NodeTimeouts timeouts) {
        var programs = new Node.Tools(null, paths, Map.of());
        return new NodeHandle(
                node(name, new ConnectionSettings.Local(), programs, timeouts),
                new LocalConnection(name, Map.of(), InstantSource.system()));
    }

    static Node node(String name, ConnectionSettings settings, Node.Tools programs) {
        return node(name, settings, programs, NodeTimeouts.DEFAULT);
    }

    private static Node node(String name, ConnectionSettings settings, Node.Tools programs, NodeTimeouts timeouts) {
        var control = new Node.Control(Node.StaleProcessPolicy.OURS, timeouts, null);
        return new Node(name, OperatingSystem.LINUX, settings, new Node.Traffic(LOOPBACK, null), programs, control);
    }

    /// A program for `sh`.
    public static Path script(Path folder, String name, String... lines) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /// Notes of processes on this machine that were started for a node.
    public static List<String> notes(String node) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("pitot-lab-") && name.contains(node))
                    .toList();
        }
    }

    /// Processes of this machine whose command has a word.
    public static List<String> processes(String word) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(word))
                .toList();
    }

    /// Waits for something, for so long at most.
    public static void await(String what, Callable<Boolean> isThere) throws Exception {
        var clock = new MachineClock();
        long began = clock.nanoTime();
        var never = new CountDownLatch(1);
        while (!isThere.call()) {
            assertThat(clock.nanoTime() - began).as("still waiting for " + what).isLessThan(PATIENCE.toNanos());
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
