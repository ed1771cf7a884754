package dev.pitot.cli;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.Daemon;
import dev.pitot.cli.run.DaemonLauncher;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.VersionInfo;
import dev.pitot.command.Environment;
import dev.pitot.testkit.FreePort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Result of one run of the program in this process, without a terminal or a background process.
record Launch(int exitCode, String out, String err) {
    private static final String PITOT = "pitot";

    /// Runs a command line to its end.
    static Launch of(String... args) {
        return start(args).join();
    }

    /// Starts a command line on a separate thread.
    static Running start(String... args) {
        return start(Map.of(), args);
    }

    /// Starts a command line with environment variables.
    static Running start(Map<String, String> variables, String... args) {
        return new Running(variables::get, new Input("", false, PITOT), List.of(args));
    }

    /// Starts a command line in a process whose heap is guarded.
    static Running start(HeapGuard heapGuard, List<String> args) {
        return new Running(_ -> null, new Input("", false, PITOT), args, heapGuard);
    }

    /// Runs a command line to its end, with text on standard input.
    static Launch reading(String input, String... args) {
        return new Running(_ -> null, new Input(input, false, PITOT), List.of(args)).join();
    }

    /// Runs a command line to its end as at a terminal, without input.
    static Launch atATerminal(String... args) {
        return new Running(_ -> null, new Input("", true, PITOT), List.of(args)).join();
    }

    /// Runs a command line to its end as a link named `iperf3` does.
    static Launch asIperf3(String... args) {
        return new Running(_ -> null, new Input("", false, "iperf3"), List.of(args)).join();
    }

    /// Standard input of a run, and the name it is called by.
    private record Input(String text, boolean isTerminal, String program) {}

    /// Returns a port that is free for TCP and UDP, and that no other process of tests gets.
    static String freePort() {
        try {
            return Integer.toString(FreePort.find());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A run in progress.
    static final class Running implements AutoCloseable {
        private final Watched out = new Watched();
        private final Watched err = new Watched();
        private final LinkedBlockingQueue<Consumer<String>> interrupts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> listening = new CompletableFuture<>();
        private final CompletableFuture<Integer> exitCode;

        private Running(Environment environment, Input input, List<String> args) {
            this(environment, input, args, new HeapGuard(OutputStream.nullOutputStream()));
        }

        private Running(Environment environment, Input input, List<String> args, HeapGuard heapGuard) {
            var in = new ByteArrayInputStream(input.text().getBytes(StandardCharsets.UTF_8));
            var terminal = new Terminal(in, out, err, input.isTerminal(), Clock.system(ZoneId.systemDefault()));
            var passwords = new Passwords(Map.<String, String>of()::get, () -> null);
            var process = new Listening(new DaemonLauncher(err));
            var context = new CommandContext(
                    VersionInfo.program(), input.program(), terminal, interrupts::add, process, heapGuard);
            var command = new Command(context, passwords, environment);
            exitCode = CompletableFuture.supplyAsync(() -> run(command, args), Thread::startVirtualThread);
        }

        private static int run(Command command, List<String> args) {
            try {
                return command.run(args);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /// Waits until the server listens (which one with `-J` does not print) or has ended.
        void awaitListening() {
            CompletableFuture.anyOf(listening, exitCode).join();
        }

        /// Waits for a text in standard output, and returns all output so far.
        String awaitOutput(String text) {
            return out.await(text);
        }

        /// Waits for a text in standard error.
        ///
        /// @return all error output so far
        String awaitError(String text) {
            err.await(text);
            return err.toString(StandardCharsets.UTF_8);
        }

        /// Simulates a signal as soon as the command handles signals.
        void signal(String reason) {
            try {
                interrupts.take().accept(reason);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        Launch join() {
            return new Launch(
                    exitCode.join(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        /// A daemon that reports when its server listens.
        private final class Listening implements Daemon {
            private final Daemon process;

            Listening(Daemon process) {
                this.process = process;
            }

            @Override
            public boolean isReached() {
                return process.isReached();
            }

            @Override
            public int send() throws IOException, InterruptedException {
                return process.send();
            }

            @Override
            public void onListening() {
                process.onListening();
                listening.complete(null);
            }
        }

        /// Interrupts the command if it is still running.
        @Override
        public void close() {
            Consumer<String> interrupt = interrupts.poll();
            if (!exitCode.isDone() && interrupt != null) {
                interrupt.accept("the test is over");
            }
        }
    }

    /// Stream that collects output and lets other threads wait for it.
    private static final class Watched extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        synchronized String await(String text) {
            while (!toString(StandardCharsets.UTF_8).contains(text)) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("waited for '" + text + "' in: " + this, e);
                }
            }
            return toString(StandardCharsets.UTF_8);
        }
    }
}
