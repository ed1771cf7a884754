package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tests of an amount with a warm-up: each end counts from the end of its own.
@Tag("slow")
@Timeout(60)
class WarmUpTest {
    private static final String COOKIE = "w".repeat(36) + "\0";
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte EXTENSION = 'P';
    private static final byte VERSION = 1; // amounts are exact

    /// The warm-up of this client ends half a second after the server's, which by then has sent more than the amount.
    @Test
    void aServerSendsUntilAClientWhoseWarmUpEndsLateHasItsAmount() throws Exception {
        Script control = Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true,\"omit\":1,\"num\":100000,\"len\":1000,\"parallel\":1,\"reverse\":true,"
                        + "\"bandwidth\":4000000,\"pitot\":1}")
                .expect(EXTENSION, VERSION)
                .expect(CREATE_STREAMS)
                .expect(TEST_START, TEST_RUNNING)
                .stall();
        int bytes = 500_000 + 250_000 + 100_000; // of the warm-up, of half a second, and the amount
        Script data = Script.start().send(COOKIE).take(bytes).close();
        try (Server server = Iperf.server().port(0).start();
                ScriptedPeer client = ScriptedPeer.client(server.port(), control)) {
            client.take();
            client.take();
            assertThat(client.take()).containsExactly(CREATE_STREAMS);
            try (ScriptedPeer stream = ScriptedPeer.client(server.port(), data)) {
                assertThat(stream.take()).hasSize(bytes);
            }
        }
    }
}
