package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.config.ClientConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongCommandLineTest {
    /// Errors of iperf 3.21 (the err-param cases of its golden samples), and Pitot's own for values
    /// that iperf reads as 0.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    -s -c h                | cannot be both server and client
                    -J                     | must either be a client (-c) or server (-s)
                    -1                     | must either be a client (-c) or server (-s)
                    -D                     | must either be a client (-c) or server (-s)
                    -t 100000              | test duration valid values are 0 to 86400 seconds
                    -c h -t -5             | test duration valid values are 0 to 86400 seconds
                    -c h -t 99999999999999 | test duration valid values are 0 to 86400 seconds
                    -s --server-max-duration -1    | test duration valid values are 0 to 86400 seconds
                    -s --server-max-duration 86401 | test duration valid values are 0 to 86400 seconds
                    -c h -P 0              | invalid number of parallel streams (min = 1, max = 128)
                    -c h -P 200            | invalid number of parallel streams (min = 1, max = 128)
                    -c h -l 2M             | block size too large (maximum = 1048576 bytes)
                    -c h -u -l 2M          | block size too large (maximum = 1048576 bytes)
                    -c h -l 5000G          | block size too large (maximum = 1048576 bytes)
                    -c h -l 15 -u          | block size invalid (minimum = 16 bytes, maximum = 65507 bytes)
                    -c h -u -l 65508       | block size invalid (minimum = 16 bytes, maximum = 65507 bytes)
                    -c h -w 1G             | socket buffer size too large (maximum = 536870912 bytes)
                    -c h -i 0.01           | invalid report interval (min = 0.1, max = 60 seconds)
                    -c h -i 1e99           | invalid report interval (min = 0.1, max = 60 seconds)
                    -c h -M 40000          | TCP MSS too large (maximum = 32767 bytes)
                    -c h -O 700            | bogus value for --omit (maximum = 600 seconds)
                    -c h -b 1M/2000        | invalid burst count (maximum = 1000)
                    -c h -b 1M/0           | invalid burst count (maximum = 1000)
                    -c h -b 1X/-1          | invalid burst count (maximum = 1000)
                    -c h -n 1M -t 2        | only one test end condition (-t, -n, -k) may be specified
                    -c h -n 1M -k 2        | only one test end condition (-t, -n, -k) may be specified
                    -c h -S 300            | bad TOS value (must be between 0 and 255 inclusive)
                    -c h -S abc            | bad TOS value (must be between 0 and 255 inclusive)
                    -c h -L 0              | unable to set IPv6 flow label
                    -c h -L 0x100000       | unable to set IPv6 flow label
                    -c h -L x              | unable to set IPv6 flow label
                    -c h -A x              | "unable to set CPU affinity: "
                    -c h -A -1             | "unable to set CPU affinity: "
                    -s -A 1025             | "unable to set CPU affinity: "
                    -c h -A 1,1025         | "unable to set CPU affinity: "
                    -c h -f z              | bad format specifier (valid formats are in the set [kmgtKMGT])
                    -c h -R --bidir        | cannot be both reverse and bidirectional
                    -c h -p 70000          | port number must be between 1 and 65535 inclusive
                    """)
    void hasIperfsSentence(String line, String sentence) {
        assertIperfsSentence(line, sentence);
    }

    /// More of the same.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    -s -p 0                | port number must be between 1 and 65535 inclusive
                    -c h --cport 0         | port number must be between 1 and 65535 inclusive
                    -s --idle-timeout 0    | idle timeout parameter is not positive or larger than allowed limit
                    -s --server-bitrate-limit 1M/.01  | invalid time interval for calculating average data rate
                    -s --server-bitrate-limit 1X/61   | invalid time interval for calculating average data rate
                    -s --server-bitrate-limit 1X      | invalid unit value or suffix: '1X'
                    -s --time-skew-threshold 0        | skew threshold must be a positive number
                    -c h -R --rcv-timeout 5 | "receive timeout value is incorrect or not in range: "
                    -c h --rcv-timeout 5000 | "client receive timeout is valid only in receiving mode: "
                    -c h --snd-timeout -1  | "send timeout value is incorrect or not in range: "
                    -c h --cntl-ka=6/2/3   | "control connection Keepalive period should be larger than the full \
                    retry period (interval * count): Keepalive Idle time (6) should be greater than \
                    Retries-interval (2) times Retries-count (3)"
                    -c h --cntl-ka=-1      | "control connection Keepalive period should be larger than the full \
                    retry period (interval * count): "
                    -c h -u -F f           | cannot transfer file using UDP
                    -c h -b 10X            | invalid unit value or suffix: '10X'
                    -c h -n abc            | invalid unit value or suffix: 'abc'
                    -c h --nstreams x      | invalid unit value or suffix: 'x'
                    """)
    void hasIperfsSentenceAboutTheEnds(String line, String sentence) {
        assertIperfsSentence(line, sentence);
    }

    private static void assertIperfsSentence(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -c h -t abc            | invalid value 'abc' for --time: a whole number of seconds is needed
                    -c h -t 1.5            | invalid value '1.5' for --time: a whole number of seconds is needed
                    -c h -R --rcv-timeout 1s | invalid value '1s' for --rcv-timeout: \
                    a whole number of milliseconds is needed
                    -c h -S 09             | invalid value '09' for --tos: a whole number is needed
                    -c h -A 3x             | invalid value '3x' for --affinity: a whole number is needed
                    -c h -b -1             | invalid value '-1' for --bitrate: a number that is not negative is needed
                    -c h --pacing-timer -1 | invalid value '-1' for --pacing-timer: \
                    a number that is not negative is needed
                    -c h -b .5/3           | invalid value '.5' for --bitrate: 1 or more, or 0, is needed
                    -c h -n 0.0001K        | invalid value '0.0001K' for --bytes: 1 or more, or 0, is needed
                    -c h --probe-rate 0    | invalid value '0' for --probe-rate: a number from 1 to 1000 is needed
                    -c h --probe-rate 1001 | invalid value '1001' for --probe-rate: a number from 1 to 1000 is needed
                    -c h --probe 22        | invalid value '22' for --probe: \
                    host:port, such as example.org:22, is needed
                    -c h --probe ::1:22    | invalid value '::1:22' for --probe: \
                    host:port, such as example.org:22, is needed
                    -c h --fq-rate 7       | invalid value '7' for --fq-rate: \
                    8 bit/s or more, or 0 for no limit, is needed
                    -c %eth0               | invalid value '%eth0' for --client: \
                    the name or address of a server is needed
                    -s -B %eth0            | invalid value '%eth0' for --bind: \
                    a name or address of this machine is needed
                    -c h -P 5x             | invalid value '5x' for --parallel: a whole number is needed
                    -c h -A 1,x            | invalid value 'x' for --affinity: a whole number is needed
                    -c h -i abc            | invalid value 'abc' for --interval: a number of seconds is needed
                    -c h -i nan            | invalid value 'nan' for --interval: a number of seconds is needed
                    -s --server-bitrate-limit 1M/s | invalid value 's' for --server-bitrate-limit: \
                    a number of seconds is needed
                    -c h --cntl-ka=1/x     | invalid value 'x' for --cntl-ka: a whole number of seconds is needed
                    -c h --nstreams 65536  | invalid value '65536' for --nstreams: \
                    a number of streams up to 65535 is needed
                    -c h --debug=x         | invalid value 'x' for --debug: a whole number is needed
                    -c h --socket windows  | invalid value 'windows' for --socket: linux or portable is needed
                    loopback -p 5300       | --port is not an option of loopback
                    loopback --metrics.file f | --metrics.file is not an option of loopback
                    loopback -t 0          | invalid value '0' for --time: a number of seconds above 0 is needed
                    """)
    void namesTheOptionWhereIperfWouldGuess(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    /// Of two errors iperf reports the one that it checks first (iperf_parse_arguments).
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -c h -O 700 -P 200     | bogus value for --omit (maximum = 600 seconds)
                    -c h -D -P 200         | invalid number of parallel streams (min = 1, max = 128)
                    -c h -D -u -l 8        | some option you are trying to set is server only
                    -c h -l 2M --username u | you must specify a username, password, and path to a valid RSA public key
                    -c h -l 2M -u -F f     | cannot transfer file using UDP
                    -c h -l 2M -n 1 -t 1   | block size too large (maximum = 1048576 bytes)
                    -u -l 8                | block size invalid (minimum = 16 bytes, maximum = 65507 bytes)
                    -D -u                  | must either be a client (-c) or server (-s)
                    """)
    void isToldInIperfsOrder(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    static List<Option> options() {
        return OptionTable.ALL;
    }

    @ParameterizedTest
    @MethodSource("options")
    void refusesWhatTheOtherEndIsFor(Option option) {
        String valid = option.names().contains("probe") ? "=h:8" : "=8";
        String value = option.argument() == Option.Argument.REQUIRED ? valid : "";
        switch (option.role()) {
            case CLIENT ->
                assertThatThrownBy(() -> parse("-s " + option + value))
                        .hasMessage("parameter error - some option you are trying to set is client only");
            case SERVER ->
                assertThatThrownBy(() -> parse("-c h " + option + value))
                        .hasMessage("parameter error - some option you are trying to set is server only");
            case BOTH -> assertThat(option.names()).isNotEmpty(); // tested elsewhere
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--client", "--bind", "--xbind"})
    void anEmptyHostIsNotThisMachine(String option) {
        for (String host : List.of("", " ")) {
            assertThatThrownBy(() -> CommandLine.parse(List.of(option, host), () -> null, Environment.NONE))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("parameter error - invalid value '" + host + "' for " + option + ": ");
        }
    }

    @Test
    void theTestsOwnServerIsNotProbed() {
        assertThatThrownBy(() -> parse("-c h --probe h:5201"))
                .hasMessage("parameter error - --probe: " + ClientConfig.PROBE_OF_SERVER);
        assertThatThrownBy(() -> parse("-c h --probe h:0"))
                .hasMessage("parameter error - port number must be between 1 and 65535 inclusive");
    }

    @Test
    void aServersCoreIsForClients() {
        assertThatThrownBy(() -> parse("-s -A 1,2"))
                .hasMessage("parameter error - some option you are trying to set is client only");
    }

    @Test
    void aBadCodePointIsToldTheGoodOnes() {
        assertThatThrownBy(() -> parse("-c h --dscp 99"))
                .hasMessageStartingWith("parameter error - bad DSCP value (numeric: 0-63 inclusive, symbolic: one of");
        assertThatThrownBy(() -> parse("-c h --dscp gold")).hasMessageContaining("bad DSCP value");
    }

    @Test
    void isToldBeforeTheHelpBehindIt() {
        assertThatThrownBy(() -> parse("-p 0 -h")).isInstanceOf(UsageException.class);
    }

    private static Request parse(String line) throws UsageException {
        return CommandLine.parse(List.of(line.split(" ", -1)), () -> "secret", Environment.NONE);
    }
}
