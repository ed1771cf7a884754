package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorMatcherTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connect failed: No route to host | NO_ROUTE",
                "connect failed: Network is unreachable | NO_ROUTE",
                "tcp connect failed: Connection refused | REFUSED",
                "connect failed: Operation timed out | CONNECT_FAILED",
                "no-such-host.invalid: Unknown host | CONNECT_FAILED",
                "error: Name or service not known | CONNECT_FAILED",
                "listener bind failed: Address already in use | ADDRESS_IN_USE",
                "bind failed: Address already in use | ADDRESS_IN_USE",
                "iperf3: error - unable to start listener for connections: Address already in use | ADDRESS_IN_USE",
                "iperf3: error - the server is busy running a test. try again later | BUSY",
                "iperf3: error - unable to connect to server: Connection refused | REFUSED",
                "iperf3: error - unable to connect to server: No route to host | NO_ROUTE",
                "iperf3: error - unable to connect to server: Connection timed out | CONNECT_FAILED",
                "iperf3: error - control socket has closed unexpectedly | OTHER",
                "iperf3: interrupt - the client has terminated by signal Interrupt(2) | OTHER",
                "iperf3: unrecognized option '--no-such-option' | NOT_RUNNABLE",
                "iperf: unrecognized option `--nonsense' | NOT_RUNNABLE",
                "/usr/bin/iperf: invalid option -- 'Q' | NOT_RUNNABLE",
                "sh: 1: iperf3: not found | NOT_RUNNABLE",
                "bash: line 1: iperf: command not found | NOT_RUNNABLE",
                "/system/bin/sh: iperf: inaccessible or not found | NOT_RUNNABLE",
                "bash: ./iperf: No such file or directory | NOT_RUNNABLE",
                "sh: /data/local/tmp/iperf3: Permission denied | NOT_RUNNABLE",
                "write failed: Broken pipe | OTHER",
                "recv failed: Connection reset by peer | OTHER",
            })
    void meansWhatItSays(String line, ErrorKind kind) {
        assertThat(Objects.requireNonNull(ErrorMatcher.of(line)).kind()).isEqualTo(kind);
        assertThat(Objects.requireNonNull(ErrorMatcher.of(line)).text()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WARNING: option -b is not valid for server mode",
                "WARN: this test may have been CPU bound (1) (or may not be detecting the underlying network devices)",
                "[  3] WARNING: did not receive ack of last datagram after 10 tries.",
                "iperf3: interrupt - the server has terminated by signal Interrupt(2)",
                "iperf3: exiting",
                "Waiting for server threads to complete. Interrupt again to force quit.",
                "Connecting to host 192.0.2.1, port 5201",
                "TCP window size: 16.0 KByte (default)",
            })
    void warningsAndOrdinaryWordsAreNone(String line) {
        assertThat(ErrorMatcher.of(line)).isNull();
    }

    @Test
    void anErrorIsCutToAThousandCharacters() {
        assertThat(ErrorMatcher.ofError("the server is busy" + "x".repeat(5000)))
                .isEqualTo(new OutputEvent.ProgramError(ErrorKind.BUSY, "the server is busy" + "x".repeat(982)));
        assertThat(Objects.requireNonNull(ErrorMatcher.ofError("x".repeat(999) + "\ud83d\ude00"))
                        .text())
                .isEqualTo("x".repeat(999));
    }

    @Test
    void recordedErrorsAreTold() {
        assertThat(Recording.complaints(Recording.events("iperf3-3.21/err-busy.json")))
                .extracting(OutputEvent.ProgramError::kind)
                .containsExactly(ErrorKind.BUSY);
        assertThat(Recording.complaints(Recording.events("iperf3-3.21/err-refused.json")))
                .extracting(OutputEvent.ProgramError::kind)
                .containsExactly(ErrorKind.REFUSED);
        assertThat(Recording.complaints(Recording.events("iperf3-3.21/err-server-port-in-use.json")))
                .extracting(OutputEvent.ProgramError::kind)
                .containsExactly(ErrorKind.ADDRESS_IN_USE);
        assertThat(Recording.complaints(Recording.events("iperf2-2.1.8/human-refused.client.txt")))
                .extracting(OutputEvent.ProgramError::kind)
                .containsExactly(ErrorKind.REFUSED);
        assertThat(Recording.complaints(Recording.events("iperf2-2.1.8/human-tcp-n.server.txt")))
                .isEmpty();
    }
}
