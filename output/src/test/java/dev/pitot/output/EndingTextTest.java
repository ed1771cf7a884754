package dev.pitot.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndingTextTest {
    static Stream<Arguments> onAClient() {
        return Stream.of(
                Arguments.of(
                        new Ending.Failed(IperfError.CONTROL_CLOSED, "", false),
                        "error - control socket has closed unexpectedly",
                        "control socket has closed unexpectedly"),
                Arguments.of(
                        new Ending.Busy(),
                        "error - the server is busy running a test. try again later",
                        "the server is busy running a test. try again later"),
                Arguments.of(
                        new Ending.PeerTerminated(), "error - the server has terminated", "the server has terminated"),
                Arguments.of(
                        new Ending.PeerGone(),
                        "error - control socket has closed unexpectedly",
                        "control socket has closed unexpectedly"),
                Arguments.of(
                        new Ending.Cancelled("Interrupt(2)"),
                        "interrupt - the client has terminated by signal Interrupt(2)",
                        "interrupt - the client has terminated by signal Interrupt(2)"),
                Arguments.of(
                        new Ending.Cancelled("enough seen"),
                        "interrupt - the client has terminated: enough seen",
                        "interrupt - the client has terminated: enough seen"),
                Arguments.of(
                        new Ending.Cancelled(null),
                        "interrupt - the client has terminated",
                        "interrupt - the client has terminated"));
    }

    static Stream<Arguments> onAServer() {
        return Stream.of(
                Arguments.of(
                        new Ending.Failed(IperfError.RECEIVE_PARAMETERS, "", false),
                        "error - unable to receive parameters from client: ",
                        "error - unable to receive parameters from client: "),
                Arguments.of(
                        new Ending.Failed(IperfError.SERVER_EXPIRED, "", false),
                        "error - server test duration expired - test is terminated by the server",
                        "error - server test duration expired - test is terminated by the server"),
                Arguments.of(
                        new Ending.Failed(IperfError.RECEIVE_IDLE, "", false),
                        "error - idle timeout for receiving data",
                        "error - idle timeout for receiving data"),
                Arguments.of(
                        new Ending.Failed(IperfError.AUTHORIZATION, "", false),
                        "error - test authorization failed",
                        "error - test authorization failed"),
                Arguments.of(new Ending.PeerTerminated(), "the client has terminated", "the client has terminated"),
                Arguments.of(
                        new Ending.PeerGone(),
                        "the client has unexpectedly closed the connection",
                        "the client has unexpectedly closed the connection"),
                Arguments.of(
                        new Ending.Cancelled("Terminated(15)"),
                        "interrupt - the server has terminated by signal Terminated(15)",
                        "interrupt - the server has terminated by signal Terminated(15)"));
    }

    @ParameterizedTest
    @MethodSource("onAClient")
    void aClientSaysWhatIperfSays(Ending ending, String line, String json) {
        assertThat(EndingText.lines(TestRole.CLIENT, ending)).containsExactly("iperf3: " + line);
        assertThat(EndingText.json(TestRole.CLIENT, ending)).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("onAServer")
    void aServerSaysWhatIperfSays(Ending ending, String line, String json) {
        assertThat(EndingText.lines(TestRole.SERVER, ending)).containsExactly("iperf3: " + line);
        assertThat(EndingText.json(TestRole.SERVER, ending)).isEqualTo(json);
    }

    @Test
    void aClientTellsWhatTheServerReportedBeforeItsOwnError() {
        var ending = new Ending.Failed(IperfError.STREAM_LISTEN, "Protocol not supported", true);

        assertThat(EndingText.lines(TestRole.CLIENT, ending))
                .containsExactly(
                        "iperf3: SERVER ERROR - unable to start stream listener: Protocol not supported,"
                                + " errno: Protocol not supported",
                        "iperf3: error - unable to start stream listener: Protocol not supported");
        assertThat(EndingText.json(TestRole.CLIENT, ending))
                .isEqualTo("unable to start stream listener: Protocol not supported");
    }

    @Test
    void aClientTellsThatTheServersTimeoutEnded() {
        var ending = new Ending.Failed(IperfError.SERVER_EXPIRED, "", true);

        assertThat(EndingText.lines(TestRole.CLIENT, ending))
                .containsExactly(
                        "iperf3: SERVER ERROR - server test duration expired: ",
                        "iperf3: error - server test duration expired: ");
    }

    @Test
    void aCompletedTestNeedsNoWords() {
        assertThat(EndingText.lines(TestRole.CLIENT, new Ending.Completed())).isEmpty();
        assertThat(EndingText.json(TestRole.CLIENT, new Ending.Completed())).isNull();
    }
}
