package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server with more connections than slots: silent ones do not keep out others.
@Timeout(180)
@Tag("slow")
class CrowdedServerTest {
    private static final byte ACCESS_DENIED = -1;
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final String PARAMETERS = "{\"tcp\":true,\"omit\":0,\"time\":0}";

    /// More than the server's slots for pending connections.
    private static final int MANY_CONNECTIONS = 300;

    /// The server's number of test slots.
    private static final int ALL_TESTS = 64;

    private final Watcher watcher = new Watcher();
    private final List<ScriptedPeer> crowd = new ArrayList<>();
    private Server server;

    @BeforeEach
    void startServer() throws IOException {
        server = Iperf.server().port(0).listener(watcher).start();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
        for (ScriptedPeer peer : crowd) {
            peer.close();
        }
    }

    private static String cookie(int number) {
        return String.format(Locale.ROOT, "%036d\0", number);
    }

    private ScriptedPeer join(Script script) throws IOException {
        ScriptedPeer peer = ScriptedPeer.client(server.port(), script);
        crowd.add(peer);
        return peer;
    }

    private Ending endingOfATest() throws InterruptedException {
        TestConfig test = TestConfig.builder()
                .parallel(4)
                .limit(new Limit.ForBytes(100_000))
                .build();
        Outcome outcome =
                Iperf.client("127.0.0.1").port(server.port()).test(test).run();
        return outcome.ending();
    }

    private void startServerOfOneTest() throws IOException {
        server.close();
        server = Iperf.server(new ServerConfig(
                        0,
                        LocalBinding.ANY,
                        Timeouts.DEFAULT,
                        ReportInterval.DEFAULT,
                        new ServerConfig.Lifetime(true, Duration.ZERO)))
                .listener(watcher)
                .start();
    }

    @Test
    void connectionsThatSayNothingKeepNobodyOut() throws Exception {
        for (int i = 0; i < MANY_CONNECTIONS; i++) {
            join(Script.start().stall());
        }

        assertThat(endingOfATest()).isEqualTo(new Ending.Completed());
        server.stop(null);
        server.await(); // the listener has received all events
        assertThat(watcher.serverEvents())
                .anyMatch(event -> event instanceof ServerEvent.ConnectionDropped dropped
                        && dropped.text().contains("in favour of a newer one"));
    }

    @Test
    void cookiesAndNothingElseKeepNobodyOut() throws Exception {
        for (int i = 0; i < MANY_CONNECTIONS; i++) {
            assertThat(join(Script.start().send(cookie(i)).take(1).stall()).take())
                    .containsExactly(PARAM_EXCHANGE);
        }

        assertThat(endingOfATest()).isEqualTo(new Ending.Completed());
    }

    @Test
    void parametersAndNoStreamsKeepNobodyOutForLong() throws Exception {
        for (int i = 0; i < ALL_TESTS; i++) {
            ScriptedPeer peer = join(Script.start()
                    .send(cookie(i))
                    .expect(PARAM_EXCHANGE)
                    .sendFrame(PARAMETERS)
                    .take(1)
                    .stall());
            assertThat(peer.take()).containsExactly(PARAM_EXCHANGE);
            assertThat(peer.take()).containsExactly(CREATE_STREAMS);
        }

        assertThat(endingOfATest()).isEqualTo(new Ending.Completed());
    }

    @Test
    void testsThatRunAreNotEndedForOthers() throws Exception {
        for (int i = 0; i < ALL_TESTS; i++) {
            ScriptedPeer peer = join(Script.start()
                    .send(cookie(i))
                    .expect(PARAM_EXCHANGE)
                    .sendFrame(PARAMETERS)
                    .expect(CREATE_STREAMS)
                    .expect(TEST_START, TEST_RUNNING)
                    .stall());
            assertThat(peer.take()).containsExactly(PARAM_EXCHANGE);
            assertThat(peer.take()).containsExactly(CREATE_STREAMS);
            join(Script.start().send(cookie(i)).stall());
            assertThat(peer.take()).containsExactly(TEST_START, TEST_RUNNING);
        }

        assertThat(endingOfATest()).isEqualTo(new Ending.Busy());
        assertThat(watcher.events()).noneMatch(event -> event instanceof TestEvent.Finished);
    }

    @Test
    void aConnectionWithoutParametersIsNotTheOneTestOfAServer() throws Exception {
        startServerOfOneTest();
        join(Script.start().send(cookie(1)).expect(PARAM_EXCHANGE).close()).awaitPlayed();
        join(Script.start()
                        .send("GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: nobody\r\n\r\n")
                        .drain())
                .awaitPlayed();
        ScriptedPeer silent = join(Script.start().send(cookie(2)).take(1).stall());
        assertThat(silent.take()).containsExactly(PARAM_EXCHANGE);

        assertThat(endingOfATest()).isEqualTo(new Ending.Completed());

        server.await(); // that was the single test
    }

    @Test
    void aClientThatOpensNoStreamsDoesNotKeepTheOneTestFromAnother() throws Exception {
        startServerOfOneTest();
        ScriptedPeer silent = join(Script.start()
                .send(cookie(1))
                .expect(PARAM_EXCHANGE)
                .sendFrame(PARAMETERS)
                .take(1)
                .stall());
        assertThat(silent.take()).containsExactly(PARAM_EXCHANGE);
        assertThat(silent.take()).containsExactly(CREATE_STREAMS);

        assertThat(endingOfATest()).isEqualTo(new Ending.Completed());

        server.await();
    }

    @Test
    void aCookieIsOnlyGoodFromTheAddressOfItsTest() throws Exception {
        ScriptedPeer control = join(Script.start()
                .send(cookie(1))
                .expect(PARAM_EXCHANGE)
                .sendFrame(PARAMETERS)
                .expect(CREATE_STREAMS)
                .expect(TEST_START)
                .stall());
        assertThat(control.take()).containsExactly(PARAM_EXCHANGE);
        assertThat(control.take()).containsExactly(CREATE_STREAMS);

        try (var thief = new Socket()) {
            thief.bind(new InetSocketAddress("127.0.0.2", 0));
            thief.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            thief.getOutputStream().write(cookie(1).getBytes(StandardCharsets.US_ASCII));

            assertThat((byte) thief.getInputStream().read()).isEqualTo(ACCESS_DENIED);
        }
        join(Script.start().send(cookie(1)).stall());

        assertThat(control.take()).containsExactly(TEST_START);
    }
}
