package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.cli.run.HeapGuard;
import dev.pitot.engine.Iperf;
import dev.pitot.model.event.TestListener;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Exit;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes with a full heap.
@Timeout(180)
class HeapGuardTest {
    @TempDir
    Path folder;

    @Test
    void aProcessWhoseHeapIsFullEndsAlthoughEverybodyContainsTheError() throws Exception {
        Exit exit = run("contained");

        assertThat(exit.code()).isEqualTo(1);
        assertThat(exit.stderr()).matches("iperf3: error - out of memory: the heap of \\d+ MiB is full\n");
        assertThat(exit.stdout()).isEmpty();
    }

    @Test
    void soDoesOneWhoseThreadEndsWithTheError() throws Exception {
        Exit exit = run("uncaught");

        assertThat(exit.code()).isEqualTo(1);
        assertThat(exit.stderr()).startsWith("iperf3: error - out of memory").hasLineCount(1);
    }

    @Test
    void soDoesOneInWhichTheEngineContainsTheErrorOfAListener() throws Exception {
        Exit exit = run("listener");

        assertThat(exit.code()).isEqualTo(1);
        assertThat(exit.stderr()).startsWith("iperf3: error - out of memory").hasLineCount(1);
    }

    @Test
    void theSentenceIsInTheLogFileIfThereIsOne() throws Exception {
        Path log = folder.resolve("log");

        Exit exit = run("server", "-s", "-p", Launch.freePort(), "--logfile", log.toString());

        assertThat(exit.code()).isEqualTo(1);
        assertThat(exit.stderr()).isEmpty();
        assertThat(log).content().contains("iperf3: error - out of memory: ").endsWith(" MiB is full\n");
    }

    @Test
    void missingThreadsAndOtherErrorsEndNoProcess() throws Exception {
        Exit exit = run("other");

        assertThat(exit.code()).isEqualTo(7);
        assertThat(exit.stderr())
                .contains("Exception in thread \"first\" java.lang.OutOfMemoryError: unable to create");
        assertThat(exit.stderr()).contains("Exception in thread \"second\" java.lang.IllegalStateException: mine");
    }

    private static Exit run(String how, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(SeparateJvm.jvm("-Xmx24m"));
        command.add(Program.class.getName());
        command.add(how);
        command.addAll(List.of(args));
        try (ChildProcess process = ChildProcess.start(command)) {
            return process.awaitExit();
        }
    }

    /// Program that runs in these processes.
    static final class Program {
        private static final int BLOCK = 64 * 1024;
        private static final List<byte[]> KEPT = new ArrayList<>();

        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            var guard = new HeapGuard(new FileOutputStream(FileDescriptor.err));
            guard.install();
            switch (args[0]) {
                case "server" -> serve(guard, List.of(args).subList(1, args.length));
                case "contained" -> contain();
                case "listener" -> listen();
                case "uncaught" -> end(Program::fill, "filler");
                default -> {
                    end(() -> fail(new OutOfMemoryError("unable to create native thread")), "first");
                    end(() -> fail(new IllegalStateException("mine")), "second");
                    System.exit(7);
                }
            }
        }

        /// Fills the heap almost completely, so that only large allocations fail.
        private static void contain() throws InterruptedException {
            try {
                fill();
            } catch (OutOfMemoryError _) {
                KEPT.removeLast();
            }
            Thread.currentThread().join(); // for ever
        }

        private static void serve(HeapGuard guard, List<String> args) throws InterruptedException {
            Launch.start(guard, args).awaitListening();
            contain();
        }

        private static void listen() throws InterruptedException {
            TestListener listener = _ -> {
                throw new OutOfMemoryError("Java heap space");
            };
            var _ = Iperf.client("127.0.0.1").port(1).listener(listener).run();
            Thread.currentThread().join();
        }

        private static void fill() {
            while (true) {
                KEPT.add(new byte[BLOCK]);
            }
        }

        private static void fail(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }

        private static void end(Runnable work, String name) throws InterruptedException {
            Thread thread = Thread.ofPlatform().name(name).start(work);
            thread.join();
        }
    }
}
