package dev.pitot.checks.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.ChildProcess.Counted;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Clients killed (SIGKILL) during their test leave no traces in a server.
@Needs(Tool.IPERF3)
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class KilledClientsTest {
    private static final String GONE = "the client has unexpectedly closed the connection";

    @Test
    void theServerIsFreeWithinASecond() throws Exception {
        try (ServerProcess server = PitotProcess.server("-1")) {
            try (ChildProcess client = Iperf3.client(server.port(), "-t", "60", "-i", "0.1", "--forceflush")) {
                client.awaitStdout("sec");
                client.send(Signal.KILL);
                long killed = System.nanoTime();

                // A server that serves one test (`-1`) ends when it is free.
                server.process().awaitExit();

                Duration took = Duration.ofNanos(System.nanoTime() - killed);
                assertThat(took).isLessThan(Duration.ofSeconds(5)); // 1 s, plus a busy machine; otherwise 27 or 60
                assertThat(server.process().stderr()).contains(GONE);
            }
        }
    }

    @Test
    void twoHundredOfThemLeaveThreadsAndDescriptorsAsTheyWere() throws Exception {
        try (ServerProcess server = PitotProcess.server()) {
            kill(server, 20); // one-time loading is done after this
            int threads = server.process().settledCount(Counted.THREADS);
            int descriptors = server.process().settledCount(Counted.DESCRIPTORS);

            kill(server, 200);

            assertThat(server.process().settledCount(Counted.THREADS))
                    .isLessThanOrEqualTo(threads + 1); // the JVM may add a compiler thread
            assertThat(server.process().settledCount(Counted.DESCRIPTORS)).isLessThanOrEqualTo(descriptors);
            try (ChildProcess client = Iperf3.client(server.port(), "-n", "1M")) {
                assertThat(client.awaitExit().stdout()).contains("iperf Done.");
            }
        }
    }

    private static void kill(ServerProcess server, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            String option = i % 2 == 0 ? "--reverse" : "--bidir";
            try (ChildProcess client = Iperf3.client(server.port(), "-t", "60", option, "-i", "0.1", "--forceflush")) {
                client.awaitStdout("connected to");
                client.send(Signal.KILL);
                client.awaitExit();
            }
        }
    }
}
