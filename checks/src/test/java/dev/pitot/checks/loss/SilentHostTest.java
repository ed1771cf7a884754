package dev.pitot.checks.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.NamespacePair;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that sends to a client whose host loses power detects that the client is gone, and stops,
/// even if the test has no end and UDP needs no acknowledgement.
@Needs(Tool.NAMESPACES)
@Timeout(180)
@Tag("slow")
class SilentHostTest {
    private static final int PORT = 5201;

    /// The kernel gives up after 28 s; the rest is for a busy machine.
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"-u -R -t 0 -b 20M", "-u -R -t 0 -b 0 -l 1000", "-R -t 0", "-u --bidir -t 0"})
    @Execution(ExecutionMode.CONCURRENT)
    void aServerStopsAndSaysWhy(String options) throws Exception {
        String[] args = ("-c 192.0.2.2 -i 0.2 --forceflush " + options).split(" ");
        try (NamespacePair pair = NamespacePair.create();
                ServerProcess server = pair.server(PORT, PitotProcess.command("-s", "-1"));
                ChildProcess client = pair.start(NamespaceSide.CLIENT, PitotProcess.command(args))) {
            client.awaitStdout("sec");

            pair.silence(NamespaceSide.CLIENT);

            ChildProcess.Exit exit = server.process().awaitExit(TIMEOUT);
            assertThat(exit.stderr()).contains("timed out");
        }
    }
}
