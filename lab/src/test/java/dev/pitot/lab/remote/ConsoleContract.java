package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What must hold through every console with a shell of this machine at its end.
final class ConsoleContract {
    static final Duration PATIENCE = Duration.ofSeconds(100);

    private ConsoleContract() {}

    static ConsoleLineRecorder run(NodeConnection connection, int code, String... command) throws Exception {
        var heard = new ConsoleLineRecorder();
        try (RunningCommand running = connection.start(List.of(command), heard)) {
            assertThat(running.await(PATIENCE)).isEqualTo(new CommandEnd.Exited(code));
        }
        return heard;
    }

    /// A command that goes on, and what the test has to end and to remove if the console cannot.
    record Server(RunningCommand running, long pid, Path folder, boolean isLost) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            running.close();
            Optional<ProcessHandle> command = ProcessHandle.of(pid);
            Optional<ProcessHandle> shell =
                    command.flatMap(ProcessHandle::parent).filter(parent -> parent.pid() != 1);
            command.ifPresent(ProcessHandle::destroyForcibly);
            if (isLost) {
                // The shell notes the command's exit code in a file of the folder, and then it ends.
                shell.ifPresent(process -> process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join());
                removeFolder();
            }
        }

        /// A shell of which nobody knows any more, because its command has ended, may still write.
        private void removeFolder() throws IOException {
            while (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.deleteIfExists(file);
                    }
                }
                try {
                    Files.deleteIfExists(folder);
                } catch (DirectoryNotEmptyException _) { // once more, then
                }
            }
        }
    }

    /// Starts one.
    ///
    /// @param isLost whether the console will be gone, and the files with it
    static Server server(NodeConnection connection, boolean isLost) throws Exception {
        var heard = new ConsoleLineRecorder();
        RunningCommand running = connection.start(
                List.of("sh", "-c", "echo $$; dirname \"$(readlink /proc/$$/fd/1)\"; exec sleep 60"), heard);
        return new Server(
                running,
                Long.parseLong(heard.next().text()),
                Path.of(heard.next().text()),
                isLost);
    }

    /// Words, both outputs, codes, and lines that a terminal would wrap.
    static void commandsArriveAsTheyWereGiven(NodeConnection connection) throws Exception {
        String strange = "it's \"$HOME\" `id`\t\\ * ä€ ~ !x %s\nsecond; echo no";
        ConsoleLineRecorder heard =
                run(connection, 7, "sh", "-c", "printf '%s\\n' \"$1\"; echo wrong >&2; exit 7", "sh", strange);
        assertThat(heard.texts(OutputLine.Origin.OUT))
                .containsExactlyElementsOf(strange.lines().toList());
        assertThat(heard.texts(OutputLine.Origin.ERR)).containsExactly("wrong");

        String longLine = "0123456789".repeat(200);
        assertThat(run(connection, 0, "echo", longLine).texts(OutputLine.Origin.OUT))
                .containsExactly(longLine);
        assertThat(run(connection, 0, "printf", "a\\tb\\r\\nno end").texts(OutputLine.Origin.OUT))
                .containsExactly("a\tb", "no end");
        ConsoleLineRecorder missing = run(connection, 127, "no-such-program");
        assertThat(missing.texts(OutputLine.Origin.ERR).toString()).contains("no-such-program");
    }

    /// 60 kB, which is several pieces.
    static void muchArrivesWhole(NodeConnection connection) throws Exception {
        List<String> expected =
                IntStream.rangeClosed(1, 10_000).mapToObj(String::valueOf).toList();
        assertThat(run(connection, 0, "seq", "10000").texts(OutputLine.Origin.OUT))
                .isEqualTo(expected);
    }

    /// A server goes on while others come and go, and its lines come while it runs.
    static void aServerDoesNotBlockTheConsole(NodeConnection connection) throws Exception {
        try (Server server = server(connection, false)) {
            assertThat(run(connection, 0, "echo", "meanwhile").texts(OutputLine.Origin.OUT))
                    .containsExactly("meanwhile");
            assertThat(server.running().await(Duration.ofMillis(10))).isNull();

            run(connection, 0, "kill", "-TERM", String.valueOf(server.pid()));
            assertThat(server.running().await(PATIENCE)).isEqualTo(new CommandEnd.Exited(128 + 15));
        }
    }
}
