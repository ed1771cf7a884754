package dev.pitot.examples;

import dev.pitot.engine.Iperf;
import dev.pitot.engine.IperfException;
import dev.pitot.engine.Server;
import dev.pitot.model.result.Outcome;
import java.io.PrintStream;
import java.time.Duration;

/// Runs a server and a client in one process, as in a JUnit test: the server gets a free port from the
/// system, and both are closed at the end of the block. `ServerInsideATest`, no arguments.
public final class ServerInsideATest {
    private ServerInsideATest() {}

    /// Runs the program.
    public static void main(String[] args) throws IperfException, InterruptedException {
        run(System.out);
    }

    // In JUnit this is a method with @Test, and check is assertThat(...).
    static void run(PrintStream out) throws IperfException, InterruptedException {
        try (Server server = Iperf.server().port(0).start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .duration(Duration.ofMillis(500))
                    .run()
                    .throwIfFailed();

            check(outcome.bitsPerSecond().orElseThrow() > 0, "bytes arrived");
            out.println("passed");
        }
    }

    private static void check(boolean isTrue, String sentence) {
        if (!isTrue) {
            throw new AssertionError("not true: " + sentence);
        }
    }
}
