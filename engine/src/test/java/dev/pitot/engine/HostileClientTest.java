package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Limit;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// A server keeps serving, whatever connects to it.
@Tag("slow")
class HostileClientTest {
    private static final String COOKIE = "abcdefghijklmnopqrstuvwxyz234567abcd\0";
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte CLIENT_TERMINATE = 12;

    private final Watcher watcher = new Watcher();
    private Server server;

    @BeforeEach
    void startServer() throws IOException {
        server = Iperf.server().port(0).listener(watcher).start();
    }

    @AfterEach
    void serverStillServes() throws Exception {
        try (Server closing = server) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(closing.port())
                    .limit(new Limit.ForBytes(100_000))
                    .run();
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        }
    }

    private ScriptedPeer play(Script script) throws IOException {
        return ScriptedPeer.client(server.port(), script);
    }

    @Test
    void anHttpClientIsToldThatItsParametersAreTooLong() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:5201\r\nUser-Agent: AAAAAAAAAAAA\r\n\r\n";
        try (ScriptedPeer peer = play(Script.start().send(request).takeAll())) {
            byte[] answer = peer.take();

            assertThat(answer).startsWith(PARAM_EXCHANGE, -2, 0, 0, 0, 114, 0, 0, 0, 0);
            assertThat(watcher.awaitOutcome().ending())
                    .isEqualTo(new Ending.Failed(IperfError.RECEIVE_PARAMETERS, "", false));
        }
        assertThat(watcher.events())
                .anyMatch(event -> event instanceof TestEvent.Note(TestEvent.Level level, String text)
                        && level == TestEvent.Level.WARNING
                        && text.startsWith("JSON data length overflow"));
    }

    @Test
    void aSilentConnectionHoldsNobodyUp() throws Exception {
        List<ScriptedPeer> silent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            silent.add(play(Script.start().stall()));
        }

        serverStillServes();

        for (ScriptedPeer peer : silent) {
            peer.close();
        }
        startServer();
    }

    @Test
    void halfACookieIsNoTest() throws Exception {
        try (ScriptedPeer peer = play(Script.start().send("half a cookie").close())) {
            peer.awaitPlayed();
        }

        assertThat(watcher.events()).isEmpty();
    }

    @Test
    void aClientThatIsStoppedBeforeItsTestIsNoTrouble() throws Exception {
        Script script = Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true,\"time\":1}")
                .expect(CREATE_STREAMS)
                .send(CLIENT_TERMINATE)
                .close();
        try (ScriptedPeer _ = play(script)) {
            assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.PeerTerminated());
        }
    }

    @Test
    void aClientThatResetsItsConnectionIsNoTrouble() throws Exception {
        Script script = Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true,\"time\":1}")
                .expect(CREATE_STREAMS)
                .reset();
        try (ScriptedPeer _ = play(script)) {
            assertThat(watcher.awaitOutcome().ending()).isEqualTo(new Ending.PeerGone());
        }
    }

    @Test
    void aFloodOfStatesEndsTheTest() throws Exception {
        Script script = Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true}")
                .expect(CREATE_STREAMS)
                .flood((byte) 4, (byte) 4, (byte) 4);
        try (ScriptedPeer _ = play(script)) {
            assertThat(watcher.awaitOutcome().ending())
                    .isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
        }
    }

    @Test
    void aSenderCannotJoinATestWithoutItsCookie() throws Exception {
        Script control = Script.start()
                .send(COOKIE)
                .expect(PARAM_EXCHANGE)
                .sendFrame("{\"tcp\":true,\"time\":1}")
                .expect(CREATE_STREAMS)
                .stall();
        String otherCookie = COOKIE.replace('a', 'b');
        try (ScriptedPeer waiting = play(control);
                ScriptedPeer sender =
                        play(Script.start().send(otherCookie).take(1).stall())) {
            // An unknown cookie begins a new test.
            assertThat(sender.take()).containsExactly(PARAM_EXCHANGE);
            assertThat(waiting.port()).isNotEqualTo(sender.port());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoHundredClientsThatVanishLeaveNothingBehind() throws Exception {
        vanish(20);
        int threads = pitotThreads();
        long descriptors = descriptors();

        vanish(200);

        assertThat(pitotThreads()).isLessThanOrEqualTo(threads);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2); // a class file may have been opened meanwhile
    }

    private void vanish(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            ClientRun run = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .duration(Duration.ofSeconds(60))
                    .start();
            watcher.awaitStart();
            run.close();
            watcher.awaitOutcome();
        }
    }

    /// Threads of sessions and streams that still run, without the server's own two.
    private static int pitotThreads() throws InterruptedException {
        int count = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean belongsToATest = thread.getName().startsWith("pitot-")
                    && !thread.getName().equals("pitot-accept")
                    && !thread.getName().contains("listener");
            if (belongsToATest && !thread.join(Duration.ofSeconds(2))) {
                count++;
            }
        }
        return count;
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
