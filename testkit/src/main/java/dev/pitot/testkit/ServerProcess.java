package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;

/// A server program that listens.
///
/// @param process closed together with this
/// @param port where it listens
public record ServerProcess(ChildProcess process, int port) implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String LISTENING = "Server listening on"; // iperf_locale.c: server_listening

    /// Waits until the program listens. Where the system does not tell (anywhere but Linux), the
    /// program must say so.
    ///
    /// @throws AssertionError with all output, if it ends or [ChildProcess#PATIENCE] passes
    ///     without
    static ServerProcess awaitListening(ChildProcess process, int port) throws IOException, InterruptedException {
        if (Listeners.canBeKnown()) {
            awaitListener(process, port);
        } else {
            process.awaitStdout(LISTENING);
        }
        return new ServerProcess(process, port);
    }

    private static void awaitListener(ChildProcess process, int port) throws IOException, InterruptedException {
        Duration waited = Duration.ZERO;
        while (!Listeners.isListenedOn(port, process.pid())) {
            if (process.hasEndedWithin(LOOK_EVERY) || waited.compareTo(ChildProcess.PATIENCE) > 0) {
                throw new AssertionError("nobody listens on " + port + ": " + process);
            }
            waited = waited.plus(LOOK_EVERY);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
