package dev.pitot.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.StubConnection;
import dev.pitot.engine.session.AcceptedConnection;
import dev.pitot.engine.session.Event;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import dev.pitot.wire.json.Parameters;
import dev.pitot.wire.json.ParametersJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerStateTest {
    private static final AcceptedConnection<?> FIRST = new AcceptedConnection<>(new StubConnection(), Protocol.TCP, 1);
    private static final AcceptedConnection<?> SECOND = new AcceptedConnection<>(new StubConnection(), Protocol.TCP, 2);

    private static Event state(TestState state) {
        return new Event.Message(new ControlMessage.State(state));
    }

    private static final TestRequest REQUEST =
            new TestRequest(new Parameters(TestConfig.builder().build(), null, ProtocolExtension.NONE), null);

    private static ServerState.Step first(String json) {
        return TestRequest.step(new ControlMessage.Parameters(json));
    }

    /// Every state in which a message of the client is possible.
    static Stream<ServerState> waiting() {
        return Stream.of(
                new AwaitingCapacity(REQUEST),
                new AwaitingTurn(REQUEST),
                new AwaitingStreams(1, null),
                new Running(null),
                new AwaitingFailureCause(
                        new Ending.Failed(IperfError.STREAM_READ, "Connection reset by peer", false),
                        new IOException()),
                new AwaitingResults());
    }

    @Test
    void walksThroughATestThatGoesWell() {
        TestConfig config = TestConfig.builder().parallel(2).build();
        List<Event> events = List.of(
                new Event.ConditionMet(),
                new Event.ConditionMet(),
                new Event.StreamArrived(FIRST),
                new Event.StreamArrived(SECOND),
                state(TestState.TEST_END),
                new Event.ConditionMet(),
                new Event.Message(new ControlMessage.Results("{}")),
                new Event.ConditionMet(),
                new Event.ConditionMet(),
                state(TestState.IPERF_DONE));

        var parameters = new Parameters(config, null, ProtocolExtension.NONE);
        ServerState.Step begin = first(ParametersJson.write(config, null));
        ServerState current = begin.next();
        var actions = new ArrayList<>(begin.actions());
        for (Event event : events) {
            ServerState.Step step = current.on(event);
            actions.addAll(step.actions());
            current = step.next();
        }

        assertThat(current).isEqualTo(new Ended(new Ending.Completed()));
        assertThat(actions)
                .containsExactly(
                        new ServerAction.CheckParameters(parameters),
                        new ServerAction.OpenIntake(parameters),
                        new ServerAction.AgreeOnTest(),
                        new ServerAction.SendState(TestState.CREATE_STREAMS),
                        new ServerAction.KeepStream(FIRST),
                        new ServerAction.KeepStream(SECOND),
                        new ServerAction.PrepareStreams(),
                        new ServerAction.SendState(TestState.TEST_START),
                        new ServerAction.SendState(TestState.TEST_RUNNING),
                        new ServerAction.StartStreams(),
                        new ServerAction.AwaitRemainder(),
                        new ServerAction.EndTest(),
                        new ServerAction.SendState(TestState.EXCHANGE_RESULTS),
                        new ServerAction.TakeResults("{}"),
                        new ServerAction.Summarize(),
                        new ServerAction.AwaitOutput(),
                        new ServerAction.SendResults(),
                        new ServerAction.SendState(TestState.DISPLAY_RESULTS));
    }

    @Test
    void answersAnOfferOfTheExtensionBeforeItAsksForStreams() {
        var offer = new Parameters(TestConfig.builder().build(), null, ProtocolExtension.LATEST);

        ServerState room = first(ParametersJson.write(offer)).next();
        ServerState turn = room.on(new Event.ConditionMet()).next();
        ServerState.Step step = turn.on(new Event.ConditionMet());

        assertThat(step.actions())
                .containsExactly(
                        new ServerAction.AgreeOnTest(),
                        new ServerAction.AnswerExtension(ProtocolExtension.LATEST),
                        new ServerAction.SendState(TestState.CREATE_STREAMS));
    }

    private static @Nullable Ending ending(ServerState.Step step) {
        return step.next() instanceof Ended ended ? ended.ending() : null;
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aClientThatGivesUpHasTerminated(ServerState waiting) {
        assertThat(ending(waiting.on(state(TestState.IPERF_DONE)))).isEqualTo(new Ending.PeerTerminated());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aClientThatWasInterruptedEndsTheTest(ServerState waiting) {
        assertThat(ending(waiting.on(state(TestState.CLIENT_TERMINATE)))).isEqualTo(new Ending.PeerTerminated());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aClientThatIsGoneEndsTheTest(ServerState waiting) {
        assertThat(ending(waiting.on(new Event.ControlClosed()))).isEqualTo(new Ending.PeerGone());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aStopRequestEndsTheTest(ServerState waiting) {
        assertThat(ending(waiting.on(new Event.StopRequested()))).isEqualTo(new Ending.Cancelled(null));
    }

    @Test
    void refusesParametersOutOfRangeWithTheirNumber() {
        ServerState next = first("{\"tcp\":true,\"parallel\":1000}").next();

        assertThat(next).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.ending()).isEqualTo(new Ending.Failed(IperfError.PARALLEL, "", false));
            assertThat(ended.cause()).isInstanceOf(InvalidSettingException.class);
        });
    }

    @Test
    void refusesAFrameThatIsTooLongBeforeItArrives() {
        ServerState next = TestRequest.step(new ControlMessage.OversizedFrame(1_094_795_585))
                .next();

        assertThat(next).isEqualTo(new Ended(new Ending.Failed(IperfError.RECEIVE_PARAMETERS, "", false)));
    }

    @Test
    void watchesOverATestOfKnownLength() {
        TestConfig config = TestConfig.builder().omit(Duration.ofSeconds(2)).build();

        ServerState room = first(ParametersJson.write(config, null)).next();
        ServerState turn = room.on(new Event.ConditionMet()).next();
        ServerState streams = turn.on(new Event.ConditionMet()).next();
        ServerState running = streams.on(new Event.StreamArrived(FIRST)).next();

        assertThat(running.timeout()).isEqualTo(Duration.ofSeconds(10 + 2 + 40));
        assertThat(running.on(new Event.Overdue()).next())
                .isEqualTo(new Ended(new Ending.Failed(IperfError.SERVER_EXPIRED, "Connection timed out", false)));
    }

    @Test
    void turnsAwayAConnectionThatComesTooLate() {
        var running = new Running(null);

        ServerState.Step step = running.on(new Event.StreamArrived(FIRST));

        assertThat(step.next()).isEqualTo(running);
        assertThat(step.actions()).containsExactly(new ServerAction.DenyStream(FIRST));
    }

    @Test
    void aBrokenStreamStillLetsTheClientEndTheTest() {
        var cause = new IOException();
        ServerState doubting = new Running(null)
                .on(new Event.StreamFailed(IperfError.STREAM_READ, "Connection reset by peer", cause))
                .next();

        assertThat(doubting).isInstanceOf(AwaitingFailureCause.class);
        assertThat(doubting.on(state(TestState.TEST_END)).next()).isEqualTo(new AwaitingReceiveDrain());
        assertThat(doubting.on(new Event.ControlClosed()).next()).isEqualTo(new Ended(new Ending.PeerGone(), cause));
    }

    /// iperf3 clients take a server without free slots for busy, and try again.
    @Test
    void aTestThatFindsNoRoomInTimeIsToldThatTheServerIsBusy() {
        assertThat(new AwaitingCapacity(REQUEST).on(new Event.Overdue()).next())
                .isEqualTo(new Ended(new Ending.Busy()));
        assertThat(new AwaitingTurn(REQUEST).on(new Event.Overdue()).next()).isEqualTo(new Ended(new Ending.Busy()));
    }

    @Test
    void whatComesDuringADrainEndsItAndIsDealtWith() {
        ServerState.Step step = new AwaitingDatagrams().on(new Event.ControlClosed());

        assertThat(step.next()).isEqualTo(new Ended(new Ending.Completed()));
        assertThat(step.actions())
                .containsExactly(
                        new ServerAction.Summarize(),
                        new ServerAction.SendResults(),
                        new ServerAction.SendState(TestState.DISPLAY_RESULTS));
    }

    @Test
    void aBrokenStreamDuringADrainDoesNotCutTheOutputShort() {
        var broken = new Event.StreamFailed(IperfError.STREAM_READ, "Connection reset by peer", new IOException());

        ServerState.Step step = new AwaitingDatagrams().on(broken);

        assertThat(step.next()).isEqualTo(new AwaitingOutput());
        assertThat(step.actions()).containsExactly(new ServerAction.Summarize(), new ServerAction.AwaitOutput());
    }

    @Test
    void aClientThatHangsUpAfterTheExchangeHasCompletedTheTest() {
        assertThat(new AwaitingDone().on(new Event.ControlClosed()).next())
                .isEqualTo(new Ended(new Ending.Completed()));
    }

    @Test
    void aClientThatSaysNothingAfterTheExchangeHasCompletedTheTest() {
        assertThat(new AwaitingDone().on(new Event.Overdue()).next()).isEqualTo(new Ended(new Ending.Completed()));
    }

    /// 128 streams over a path of 200 ms need 26 s.
    @Test
    void manyStreamsHaveMoreTime() {
        assertThat(new AwaitingStreams(1, null).timeout()).isEqualTo(Duration.ofMillis(15_500));
        assertThat(new AwaitingStreams(128, null).timeout()).isEqualTo(Duration.ofSeconds(79));
    }
}
