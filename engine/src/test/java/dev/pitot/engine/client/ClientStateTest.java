package dev.pitot.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.ControlMessage;
import dev.pitot.wire.control.ProtocolExtension;
import dev.pitot.wire.control.TestState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientStateTest {
    private static Event state(TestState state) {
        return new Event.Message(new ControlMessage.State(state));
    }

    /// Every state in which a message of the server is possible.
    static Stream<ClientState> waiting() {
        return Stream.of(
                new AwaitingParameterRequest(),
                new AwaitingStreamRequest(),
                new OpeningStreams(),
                new AwaitingStart(),
                new AwaitingRunning(),
                new Running(),
                new AwaitingFailureCause(
                        new Ending.Failed(IperfError.STREAM_WRITE, "Broken pipe", false), new IOException()),
                new AwaitingDelivery(),
                new AwaitingExchange(),
                new AwaitingDatagrams(),
                new AwaitingResults(),
                new AwaitingDisplay());
    }

    @Test
    void walksThroughATestThatGoesWell() {
        List<Event> events = List.of(
                state(TestState.PARAM_EXCHANGE),
                state(TestState.CREATE_STREAMS),
                new Event.ConditionMet(),
                state(TestState.TEST_START),
                state(TestState.TEST_RUNNING),
                new Event.LimitReached(),
                new Event.ConditionMet(),
                state(TestState.EXCHANGE_RESULTS),
                new Event.ConditionMet(),
                new Event.Message(new ControlMessage.Results("{}")),
                state(TestState.DISPLAY_RESULTS));

        ClientState current = new AwaitingParameterRequest();
        var actions = new java.util.ArrayList<ClientAction>();
        for (Event event : events) {
            ClientState.Step step = current.on(event);
            actions.addAll(step.actions());
            current = step.next();
        }

        assertThat(current).isEqualTo(new Ended(new Ending.Completed()));
        assertThat(actions)
                .containsExactly(
                        new ClientAction.SendParameters(),
                        new ClientAction.OpenStreams(),
                        new ClientAction.ReportStreams(),
                        new ClientAction.StartStreams(),
                        new ClientAction.StopStreams(),
                        new ClientAction.EndTest(),
                        new ClientAction.AwaitDatagrams(),
                        new ClientAction.SendResults(),
                        new ClientAction.TakeResults("{}"));
    }

    private static @Nullable Ending ending(ClientState.Step step) {
        return step.next() instanceof Ended ended ? ended.ending() : null;
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aServerThatIsStoppedEndsTheTest(ClientState waiting) {
        assertThat(ending(waiting.on(state(TestState.SERVER_TERMINATE)))).isEqualTo(new Ending.PeerTerminated());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aServerThatIsGoneEndsTheTest(ClientState waiting) {
        assertThat(ending(waiting.on(new Event.ControlClosed()))).isEqualTo(new Ending.PeerGone());
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aStopRequestEndsTheTest(ClientState waiting) {
        assertThat(ending(waiting.on(new Event.StopRequested()))).isEqualTo(new Ending.Cancelled(null));
    }

    @Test
    void usesTheExtensionThatTheServerKnowsToo() {
        Event answer = new Event.Message(new ControlMessage.Extension(ProtocolExtension.LATEST));

        ClientState.Step step = new AwaitingStreamRequest().on(answer);

        assertThat(step.next()).isEqualTo(new AwaitingStreamRequest());
        assertThat(step.actions()).containsExactly(new ClientAction.UseExtension(ProtocolExtension.LATEST));
        assertThat(new Running().on(answer).next())
                .isEqualTo(new Ended(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false)));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aServerThatEndsTheTestWithoutANumberIsSaidToDoSo(ClientState waiting) {
        Event event = new Event.Message(new ControlMessage.ServerError(0, 0));

        assertThat(ending(waiting.on(event)))
                .isEqualTo(new Ending.Failed(
                        IperfError.NONE, "the server aborted the test without giving a reason", true));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void anUnknownByteEndsTheTestWithIperfsHint(ClientState waiting) {
        Event event = new Event.Message(new ControlMessage.UnknownState('S'));

        assertThat(ending(waiting.on(event))).isEqualTo(new Ending.Failed(IperfError.UNKNOWN_MESSAGE, "", false));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void aServersErrorIsTheEnding(ClientState waiting) {
        Event event = new Event.Message(new ControlMessage.ServerError(27, 0));

        assertThat(ending(waiting.on(event))).isEqualTo(new Ending.Failed(IperfError.TOTAL_RATE, "", true));
    }

    @Test
    void aBusyServerEndsTheTestWithAReason() {
        assertThat(new AwaitingParameterRequest()
                        .on(state(TestState.ACCESS_DENIED))
                        .next())
                .isEqualTo(new Ended(new Ending.Busy()));
    }

    @Test
    void aBrokenStreamWaitsForABetterReason() {
        var failure = new Ending.Failed(IperfError.STREAM_WRITE, "Broken pipe", false);
        var cause = new IOException();

        ClientState doubting = new Running()
                .on(new Event.StreamFailed(IperfError.STREAM_WRITE, "Broken pipe", cause))
                .next();

        assertThat(doubting).isEqualTo(new AwaitingFailureCause(failure, cause));
        assertThat(doubting.on(new Event.Overdue()).next()).isEqualTo(new Ended(failure, cause));
        assertThat(doubting.on(new Event.ControlClosed()).next()).isEqualTo(new Ended(new Ending.PeerGone(), cause));
    }

    @Test
    void whatBreaksAStateIsKept() {
        var cause = new IOException("Connection reset by peer");
        var fault = new IllegalStateException("a fault of ours");

        assertThat(new AwaitingStart().on(new Event.ControlClosed(cause)).next())
                .isEqualTo(new Ended(new Ending.PeerGone(), cause));
        assertThat(new AwaitingResults().on(new Event.Broken(fault)).next())
                .isEqualTo(new Ended(new Ending.Failed(IperfError.INIT_TEST, fault.toString(), false), fault));
    }

    @Test
    void streamsThatTheServerClosesAfterTheEndDoNoHarm() {
        var event = new Event.StreamFailed(IperfError.STREAM_READ, "Connection reset by peer", new IOException());

        assertThat(new AwaitingExchange().on(event).next()).isEqualTo(new AwaitingExchange());
        assertThat(new AwaitingResults().on(event).next()).isEqualTo(new AwaitingResults());
        assertThat(new AwaitingDisplay().on(event).next()).isEqualTo(new AwaitingDisplay());
    }

    @Test
    void aServerThatStartsHasAllStreamsThoughItsAnswerWasLost() {
        ClientState.Step step = new OpeningStreams().on(state(TestState.TEST_START));

        assertThat(step.next()).isEqualTo(new AwaitingRunning());
        assertThat(step.actions()).containsExactly(new ClientAction.ReportStreams());
    }

    @Test
    void aServerThatGoesWhileDataIsDeliveredIsNotWaitedFor() {
        assertThat(new AwaitingDelivery().on(new Event.ControlClosed()).next())
                .isEqualTo(new Ended(new Ending.PeerGone()));
        assertThat(new AwaitingDelivery().on(new Event.LimitReached()).next()).isEqualTo(new AwaitingDelivery());
    }

    @Test
    void aServerThatGoesEndsTheWaitForDatagrams() {
        ClientState.Step step = new AwaitingDatagrams().on(new Event.ControlClosed());

        assertThat(step.next()).isEqualTo(new Ended(new Ending.PeerGone()));
        assertThat(step.actions()).containsExactly(new ClientAction.SendResults());
    }

    @Test
    void aServerThatClosesItsStreamsDoesNotEndTheProbeAfterTheLoad() {
        var closed = new Event.StreamFailed(IperfError.STREAM_READ, "", new IOException("reset"));

        assertThat(new AwaitingDatagrams().on(closed).next()).isEqualTo(new AwaitingDatagrams());
        assertThat(new AwaitingDatagrams().on(new Event.LimitReached()).next()).isEqualTo(new AwaitingDatagrams());
    }

    @Test
    void aSilentServerIsNotWaitedForForEver() {
        assertThat(new AwaitingStart().on(new Event.Overdue()).next())
                .isEqualTo(new Ended(new Ending.Failed(IperfError.RECEIVE_MESSAGE, "Connection timed out", false)));
    }
}
