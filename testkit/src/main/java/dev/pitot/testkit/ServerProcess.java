package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;

/// Listening server program.
///
/// @param process the process, closed together with this object
/// @param port port that it listens on
public record ServerProcess(ChildProcess process, int port) implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration OUTPUT_TIMEOUT = Duration.ofSeconds(1);
    private static final String LISTENING = "Server listening on"; // iperf_locale.c: server_listening

    /// Waits until the program listens. If the system does not report listening ports (all but
    /// Linux), the program must print it.
    ///
    /// @throws AssertionError with all output, if it ends or [ChildProcess#TIMEOUT] expires before
    ///     that
    static ServerProcess awaitListening(ChildProcess process, int port) throws IOException, InterruptedException {
        if (ListeningPorts.canBeKnown()) {
            awaitListener(process, port);
        } else {
            process.awaitStdout(LISTENING);
        }
        return new ServerProcess(process, port);
    }

    private static void awaitListener(ChildProcess process, int port) throws IOException, InterruptedException {
        Duration waited = Duration.ZERO;
        while (!ListeningPorts.isListenedOn(port, process.pid())) {
            boolean ended = process.hasEndedWithin(LOOK_EVERY);
            if (ended) {
                process.awaitExit(OUTPUT_TIMEOUT); // its output is read then, unless a child of it holds the pipes
            }
            if (ended || waited.compareTo(ChildProcess.TIMEOUT) > 0) {
                throw new AssertionError("no listener on port " + port + ": " + process);
            }
            waited = waited.plus(LOOK_EVERY);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
