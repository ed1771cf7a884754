package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.socket.SocketException;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Outcomes that a client causes itself: each has a reason and a cause, and the server is notified.
@Timeout(180)
class GivingUpTest {
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;

    @Test
    void aSenderThatGetsRidOfNothingGivesUp() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.server(
                runningServer().stall(), Script.start().take(37).stall())) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(peer.port())
                    .limit(new Limit.ForBytes(1_000_000_000))
                    .timeouts(new Timeouts(Duration.ZERO, Duration.ofMillis(500), Duration.ZERO))
                    .run();

            assertThat(outcome.ending())
                    .isEqualTo(new Ending.Failed(IperfError.STREAM_WRITE, "Connection timed out", false));
        }
    }

    @Test
    void aStreamThatBreaksIsTheCause() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.server(
                        runningServer().stall(), Script.start().take(37).reset());
                ClientRun run = Iperf.client("127.0.0.1").port(peer.port()).start()) {
            Outcome outcome = run.await();

            assertThat(outcome.ending())
                    .isInstanceOfSatisfying(
                            Ending.Failed.class,
                            failed -> assertThat(failed.error()).isEqualTo(IperfError.STREAM_WRITE));
            assertThat(run.cause()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClientThatFailsSaysSoToTheServer() throws Exception {
        byte iperfDone = 16;
        byte displayResults = 14;
        try (ScriptedPeer peer = ScriptedPeer.server(Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(displayResults)
                .takeAll())) {
            Outcome outcome = Iperf.client("127.0.0.1").port(peer.port()).run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
            peer.take();
            peer.take();
            assertThat(peer.take()).containsExactly(iperfDone);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | not JSON",
                "{\"cpu_util_total\":1} | missing or not a number: cpu_util_user",
            })
    void resultsThatCannotBeReadAreDescribed(String results, String reason) throws Exception {
        byte exchangeResults = 13;
        Script control =
                runningServer().take(1).send(exchangeResults).sendFrame(results).drain();
        try (ScriptedPeer peer =
                ScriptedPeer.server(control, Script.start().take(37).drain())) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(peer.port())
                    .limit(new Limit.ForBytes(1))
                    .run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.RECEIVE_RESULTS, reason, false));
        }
    }

    private static Script runningServer() {
        byte testStart = 1;
        byte testRunning = 2;
        return Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(CREATE_STREAMS)
                .send(testStart, testRunning);
    }
}
