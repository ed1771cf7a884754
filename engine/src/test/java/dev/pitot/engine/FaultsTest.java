package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.testkit.Awaiter;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Script;
import dev.pitot.testkit.ScriptedPeer;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Failures become an outcome: with iperf's error, with partial results, and soon.
@Tag("slow")
class FaultsTest {
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte ACCESS_DENIED = -1;
    private static final byte SERVER_ERROR = -2;
    private static final Duration LONG = Duration.ofSeconds(60);

    static Stream<SocketFamily> families() {
        return Stream.of(SocketFamilies.best(), SocketFamilies.portable());
    }

    private static Ending endingAgainst(Script script) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.server(script)) {
            return Iperf.client("127.0.0.1").port(peer.port()).run().ending();
        }
    }

    private static Total sent(Outcome outcome) {
        Summary summary = Objects.requireNonNull(outcome.report().summary());
        return Objects.requireNonNull(summary.directions().getFirst().sent());
    }

    @ParameterizedTest
    @MethodSource("families")
    void nobodyListens(SocketFamily family) throws Exception {
        Outcome outcome =
                Iperf.client("127.0.0.1").port(FreePort.find()).sockets(family).run();

        assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
        assertThat(outcome.report().start()).isNull();
    }

    @ParameterizedTest
    @MethodSource("families")
    void theHostIsUnknown(SocketFamily family) throws Exception {
        Outcome outcome = Iperf.client("no-such-host.invalid").sockets(family).run();

        assertThat(outcome.ending())
                .isEqualTo(new Ending.Failed(IperfError.CONNECT, "Name or service not known", false));
    }

    @Test
    void theServerIsBusy() throws Exception {
        assertThat(endingAgainst(Script.start().take(37).send(ACCESS_DENIED).drain()))
                .isEqualTo(new Ending.Busy());
    }

    @Test
    void theServerIsAnSshServer() throws Exception {
        assertThat(endingAgainst(
                        Script.start().send("SSH-2.0-OpenSSH_9.2p1\r\n").drain()))
                .isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
    }

    @Test
    void theServerSendsRubbishForEver() throws Exception {
        assertThat(endingAgainst(Script.start().flood((byte) 77, (byte) 1, (byte) 9)))
                .isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
    }

    @Test
    void theServerRepeatsItself() throws Exception {
        assertThat(endingAgainst(Script.start().flood(PARAM_EXCHANGE)))
                .isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
    }

    @Test
    void theServerHangsUpAtOnce() throws Exception {
        assertThat(endingAgainst(Script.start().take(37).close())).isEqualTo(new Ending.PeerGone());
    }

    @Test
    void theServerRefusesTheParameters() throws Exception {
        Script script = Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(SERVER_ERROR, (byte) 0, (byte) 0, (byte) 0, (byte) 27, (byte) 0, (byte) 0, (byte) 0, (byte) 0)
                .close();

        assertThat(endingAgainst(script)).isEqualTo(new Ending.Failed(IperfError.TOTAL_RATE, "", true));
    }

    @Test
    void theServerWantsStreamsButTakesNone() throws Exception {
        Script control = Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(CREATE_STREAMS)
                .stall();
        try (ScriptedPeer peer = ScriptedPeer.server(control);
                ClientRun run = Iperf.client("127.0.0.1").port(peer.port()).start()) {
            peer.take();
            peer.take();

            run.cancel("enough");

            assertThat(run.await().ending()).isEqualTo(new Ending.Cancelled("enough"));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void cancellingKeepsWhatWasMeasuredAndTellsTheServer(SocketFamily family) throws Exception {
        var serverWatcher = new Watcher();
        var clientWatcher = new Watcher();
        try (Server server = Iperf.server()
                        .port(0)
                        .sockets(family)
                        .listener(serverWatcher)
                        .start();
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .duration(LONG)
                        .interval(Duration.ofMillis(100))
                        .sockets(family)
                        .listener(clientWatcher)
                        .start()) {
            clientWatcher.awaitInterval();

            run.cancel("Interrupt(2)");
            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Cancelled("Interrupt(2)"));
            assertThat(sent(outcome).bytes()).isPositive();
            assertThat(serverWatcher.awaitOutcome().ending()).isEqualTo(new Ending.PeerTerminated());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void stoppingTheServerKeepsWhatWasMeasuredAndTellsTheClient(SocketFamily family) throws Exception {
        var serverWatcher = new Watcher();
        var clientWatcher = new Watcher();
        try (Server server = Iperf.server()
                        .port(0)
                        .sockets(family)
                        .listener(serverWatcher)
                        .start();
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .duration(LONG)
                        .direction(Direction.BIDIRECTIONAL)
                        .interval(Duration.ofMillis(100))
                        .sockets(family)
                        .listener(clientWatcher)
                        .start()) {
            clientWatcher.awaitInterval();

            server.stop("Terminated(15)");

            assertThat(serverWatcher.awaitOutcome().ending()).isEqualTo(new Ending.Cancelled("Terminated(15)"));
            Outcome outcome = run.await();
            assertThat(outcome.ending()).isEqualTo(new Ending.PeerTerminated());
            assertThat(sent(outcome).bytes()).isPositive();
        }
    }

    @Test
    void closingARunFreesItsThreads() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            var watcher = new Watcher();
            ClientRun run = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .duration(LONG)
                    .interval(Duration.ofMillis(100))
                    .listener(watcher)
                    .start();
            watcher.awaitInterval();

            run.close();

            Awaiter.await(run::isDone); // it waits for a second at most, which a busy machine may exceed
        }
        Awaiter.await(() -> Thread.getAllStackTraces().keySet().stream() // the last ones may still be ending
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith("pitot-") && !name.contains("listener")));
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        TestListener listener = _ -> {
            throw new IllegalStateException("listener trouble");
        };
        try (Server server = Iperf.server().port(0).start();
                ClientRun run = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .limit(new Limit.ForBytes(1_000_000))
                        .listener(listener)
                        .start()) {

            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
            assertThat(run.listenerFailure()).hasMessage("listener trouble");
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void thePortIsInUse(SocketFamily family) throws Exception {
        try (Server first = Iperf.server().port(0).sockets(family).start()) {
            assertThatThrownBy(() ->
                            Iperf.server().port(first.port()).sockets(family).start())
                    .isInstanceOf(IperfException.class)
                    .hasMessage("unable to start listener for connections: Address already in use");
        }
    }

    @Test
    void aSecondClientOfAOneTestServerIsToldThatItIsBusy() throws Exception {
        var config = new ServerConfig(
                0,
                LocalBinding.ANY,
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT,
                new ServerConfig.Lifetime(true, Duration.ZERO));
        var watcher = new Watcher();
        try (Server server = Iperf.server(config).start();
                ClientRun first = Iperf.client("127.0.0.1")
                        .port(server.port())
                        .duration(LONG)
                        .interval(Duration.ofMillis(100))
                        .listener(watcher)
                        .start()) {
            watcher.awaitInterval();

            Outcome second = Iperf.client("127.0.0.1").port(server.port()).run();
            first.cancel(null);
            server.await();

            assertThat(second.ending()).isEqualTo(new Ending.Busy());
            assertThat(first.await().ending()).isEqualTo(new Ending.Cancelled(null));
        }
    }

    @Test
    void anIdleServerOfOneTestEnds() throws Exception {
        var config = new ServerConfig(
                0,
                new LocalBinding("127.0.0.1", AddressFamily.ANY, 0),
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT,
                new ServerConfig.Lifetime(true, Duration.ofSeconds(1)));

        Server server = Iperf.server(config).start();
        server.await();

        Outcome late = Iperf.client("127.0.0.1").port(server.port()).run();
        assertThat(late.ending()).isEqualTo(new Ending.Failed(IperfError.CONNECT, "Connection refused", false));
    }

    @Test
    void aReceiverThatGetsNothingGivesUp() throws Exception {
        byte testStart = 1;
        byte testRunning = 2;
        Script control = Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(CREATE_STREAMS)
                .send(testStart, testRunning)
                .stall();
        try (ScriptedPeer peer =
                ScriptedPeer.server(control, Script.start().take(37).stall())) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(peer.port())
                    .direction(Direction.REVERSE)
                    .timeouts(new Timeouts(Duration.ZERO, Duration.ofMillis(300), Duration.ZERO))
                    .run();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.RECEIVE_IDLE, "", false));
        }
    }

    @Test
    void nothingIsLeftToPrepareWhenTheServerKnowsOfTheLastStream() throws Exception {
        Script control = Script.start()
                .take(37)
                .send(PARAM_EXCHANGE)
                .takeFrame()
                .send(CREATE_STREAMS)
                .stall();
        try (ScriptedPeer peer = ScriptedPeer.server(control, Script.start().takeAll())) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(peer.port())
                    .local(LocalBinding.ANY.with(new HostResources("/nowhere/at/all", null)))
                    .run();

            assertThat(outcome.ending())
                    .isEqualTo(new Ending.Failed(IperfError.FILE, "No such file or directory", false));
            assertThat(peer.take(1)).as("cookie of the stream").isEmpty();
        }
    }

    @Test
    void whatTheSocketsCannotDoIsRefusedByName() {
        TestConfig test = TestConfig.builder()
                .socket(new SocketSettings(0, 1200, false, 0, "cubic"))
                .build();

        assertThatThrownBy(() -> Iperf.client("127.0.0.1")
                        .test(test)
                        .sockets(SocketFamilies.portable())
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--set-mss, --congestion cannot be done with portable sockets");
    }

    @Test
    void portsAreChecked() {
        assertThatThrownBy(() -> new Endpoint("host", 70_000))
                .hasMessage("port number must be between 1 and 65535 inclusive");
    }
}
