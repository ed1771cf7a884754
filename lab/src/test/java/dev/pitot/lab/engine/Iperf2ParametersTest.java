package dev.pitot.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Iperf2ParametersTest {
    private static Map<String, @Nullable String> options(String text) {
        var options = new HashMap<String, @Nullable String>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = pair.indexOf('=');
            options.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? null : pair.substring(equals + 1));
        }
        return options;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''                                   | --client lancet
                window=256K len=1470 parallel=4 interval=1 format=b time=10 | --client lancet --format b --interval 1 --len 1470 --parallel 4 --time 10 --window 256K
                udp=true bandwidth=10M ttl=3         | --client lancet --bandwidth 10M --ttl 3 --udp
                udp bandwidth=10M bind=10.0.0.1      | --client lancet --bandwidth 10M --bind 10.0.0.1 --udp
                nodelay=yes print_mss=off mss=1000   | --client lancet --mss 1000 --nodelay
                dualtest=1 listenport=6000 tradeoff=no | --client lancet --dualtest --listenport 6000
                num=10M fileinput=/tmp/x ipv6version | --client lancet -F /tmp/x -V --num 10M
                reportexclude=CDS reportstyle=C output=/tmp/o port=5010 interval=0.5 compatibility=true | --client lancet --compatibility --interval 0.5 --output /tmp/o --port 5010 --reportexclude CDS --reportstyle C
                """)
    void clientsArePrintedInTheOrderOfTheAlphabet(String given, String printed) {
        assertThat(Iperf2Parameters.client("lancet", options(given))).hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''                          | --server
                daemon=true window=64K      | --server --daemon --window 64K
                daemon=false                | --server
                daemon=False time=10        | --server
                udp=on single_udp=on len=9K | --server --len 9K --single_udp --udp
                parallel=4 interval=1       | --server --interval 1 --parallel 4
                """)
    void serversToo(String given, String printed) {
        assertThat(Iperf2Parameters.server(options(given))).hasToString(printed);
    }

    @Test
    void theProgramsPathIsNotPrintedButRun() {
        Iperf2Parameters parameters = Iperf2Parameters.server(options("path=/data/local/iperf"));

        assertThat(parameters).hasToString("--server");
        assertThat(parameters.command()).containsExactly("/data/local/iperf", "--server");
        assertThat(Iperf2Parameters.client("h", Map.of()).command()).containsExactly("iperf", "--client", "h");
    }

    @Test
    void whatAServerIsCanBeAsked() {
        Iperf2Parameters parameters = Iperf2Parameters.server(options("daemon udp"));

        assertThat(parameters.isDaemon()).isTrue();
        assertThat(parameters.isUdp()).isTrue();
        assertThat(parameters.isClient()).isFalse();
        assertThat(Iperf2Parameters.server(options("daemon=false")).isDaemon()).isFalse();
    }

    @Test
    void aPortForRootOnlyIsWarnedOf() {
        assertThat(Iperf2Parameters.server(options("port=80")).warnings())
                .containsExactly("'port' 80 is below 1024, where only root may listen: take a higher one");
        assertThat(Iperf2Parameters.server(options("port=1024")).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                format=x          | iperf 2's 'format' is one of b, k, m, g, K, M and G: 'x' is not
                interval=0        | iperf 2's 'interval' is a number of seconds with at most one decimal: '0' is not
                interval=0.25     | iperf 2's 'interval' is a number of seconds with at most one decimal: '0.25' is not
                len=10G           | iperf 2's 'len' is a whole number with K, M or nothing behind it: '10G' is not
                port=0            | iperf 2's 'port' is a port from 1 to 65535: '0' is not
                port=65536        | iperf 2's 'port' is a port from 1 to 65535: '65536' is not
                port              | iperf 2's 'port' is a port from 1 to 65535: give one
                parallel=0        | iperf 2's 'parallel' is a whole number above 0: '0' is not
                parallel=two      | iperf 2's 'parallel' is a whole number above 0: 'two' is not
                reportexclude=CC  | iperf 2's 'reportexclude' is some of the letters C, D, M, S and V, each once: 'CC' is not
                reportexclude=X   | iperf 2's 'reportexclude' is some of the letters C, D, M, S and V, each once: 'X' is not
                reportstyle=D     | iperf 2's 'reportstyle' is C: 'D' is not
                ttl=256           | iperf 2's 'ttl' is a number from 1 to 255: '256' is not
                nodelay=perhaps   | 'nodelay' is on or off: 'perhaps' is neither, write true or false
                bandwidth=10M     | iperf 2's 'bandwidth' is for UDP clients only: leave it out, or switch 'udp' on or off
                udp mss=1000      | iperf 2's 'mss' is for TCP only: leave it out
                daemon=true       | iperf 2's 'daemon' is for servers only: leave it out, or switch 'udp' on or off
                udp single_udp    | iperf 2's 'single_udp' is for UDP servers only: leave it out
                paralel=4         | iperf 2 has no 'paralel' here: did you mean 'parallel'?
                linux-congestion=reno | iperf 2 has no 'linux-congestion' here: see docs/lab.md for what there is
                client=lancet     | leave out 'client': the role of this end says whether it is client or server
                """)
    void misuseIsToldInOneSentence(String given, String sentence) {
        assertThatThrownBy(() -> Iperf2Parameters.client("lancet", options(given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void wordsHaveNoSpaces() {
        assertThatThrownBy(() -> Iperf2Parameters.server(Map.of("output", "a b")))
                .hasMessage("iperf 2's 'output' is a word without spaces: 'a b' is not");
        assertThatThrownBy(() -> Iperf2Parameters.server(Map.of("num", "10"))).hasMessageContaining("for clients only");
    }
}
