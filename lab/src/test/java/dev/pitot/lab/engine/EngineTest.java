package dev.pitot.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.engine.TestSettings.OutputStyle;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.model.config.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    private static final ServerPlace ANYWHERE = new ServerPlace(null, 5300);
    private static final ClientTarget TARGET = new ClientTarget("10.0.0.2", 5300, null);

    private static Engine engine(String program) {
        String[] parts = program.split(" ", -1);
        EngineKind kind = switch (parts[0]) {
            case "pitot" -> EngineKind.PITOT;
            case "iperf3" -> EngineKind.IPERF3;
            default -> EngineKind.IPERF2;
        };
        return Engine.of(new Program(kind, parts[0], parts.length == 1 ? null : Version.find(parts[1])));
    }

    private static TestSettings settings(String options, OutputStyle style) {
        List<String> words = options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
        return TestSettings.of(words, Iperf2Options.NONE, style);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                iperf3 3.12  | EXACT | ''           | iperf3 -s -1 -p 5300 --forceflush -J
                iperf3 3.17  | EXACT | -u -R        | iperf3 -s -1 -p 5300 --forceflush --json-stream
                iperf3 3.17.1| EXACT | -i 0.5       | iperf3 -s -1 -p 5300 -i 0.5 --forceflush --json-stream
                iperf3 3.21  | TEXT  | -P 4         | iperf3 -s -1 -p 5300 --forceflush
                iperf3 3.21  | EXACT | -m           | iperf3 -s -1 -p 5300 -m --forceflush --json-stream
                iperf3       | EXACT | -i 0         | iperf3 -s -1 -p 5300 -i 0 --forceflush -J
                pitot        | EXACT | ''           | pitot -s -1 -p 5300 --forceflush --json-stream
                pitot 0.1.0  | TEXT  | ''           | pitot -s -1 -p 5300 --forceflush
                iperf 2.1.8  | EXACT | ''           | iperf -s -p 5300 -i 1 -l 131072 -y C
                iperf 2.1.8  | TEXT  | -f m         | iperf -s -p 5300 -i 1 -l 131072 -f m
                iperf 2.1.8  | EXACT | -u -b 1M     | iperf -s -p 5300 -u -i 1 -y C
                iperf 2.1.8  | EXACT | -u -l 8000 -w 256K -i 0 -P 3 | iperf -s -p 5300 -u -l 8000 -w 262144 -y C
                iperf 2.0.13 | EXACT | -6 -t 3      | iperf -s -p 5300 -V -i 1 -l 131072 -y C
                """)
    void serversAreStartedLikeThis(String program, OutputStyle style, String options, String command) {
        assertThat(String.join(" ", engine(program).server(settings(options, style), ANYWHERE)))
                .isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                iperf3 3.12  | EXACT | ''           | iperf3 -c 10.0.0.2 -p 5300 --forceflush -J
                iperf3 3.17  | EXACT | -u -R -b 5M  | iperf3 -c 10.0.0.2 -p 5300 -u -R -b 5M --forceflush --json-stream
                iperf3 3.21  | TEXT  | -f k         | iperf3 -c 10.0.0.2 -p 5300 -f k --forceflush
                pitot        | EXACT | --bidir      | pitot -c 10.0.0.2 -p 5300 --bidir --forceflush --json-stream
                iperf 2.1.8  | EXACT | ''           | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -t 10 -y C
                iperf 2.1.8  | TEXT  | -t 3 -f k -P 4 | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -t 3 -P 4 -f k
                iperf 2.1.8  | EXACT | -u -i 0.5    | iperf -c 10.0.0.2 -p 5300 -u -i 0.5 -t 10 -b 1048576 -y C
                iperf 2.1.8  | EXACT | -u -b 10M -l 1000 -S 0x10 | iperf -c 10.0.0.2 -p 5300 -u -i 1 -l 1000 -t 10 -b 10000000 -S 16 -y C
                iperf 2.1.8  | EXACT | -n 10M -P 4  | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -n 2621440 -P 4 -y C
                iperf 2.1.8  | EXACT | -n 10 -P 4   | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -n 3 -P 4 -y C
                iperf 2.1.8  | EXACT | -k 10 -l 1K  | iperf -c 10.0.0.2 -p 5300 -i 1 -l 1024 -n 10240 -y C
                iperf 2.1.8  | EXACT | -N -M 1000 -w 256K -C reno | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -w 262144 -t 10 -M 1000 -N -Z reno -y C
                iperf 2.1.8  | EXACT | --fq-rate 5M -R | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -t 10 --fq-rate 5000000 -R -y C
                iperf 2.1.8  | EXACT | --bidir      | iperf -c 10.0.0.2 -p 5300 -i 1 -l 131072 -t 10 --full-duplex -y C
                """)
    void clientsAreStartedLikeThis(String program, OutputStyle style, String options, String command) {
        assertThat(String.join(" ", engine(program).client(settings(options, style), TARGET)))
                .isEqualTo(command);
    }

    @Test
    void endsAreBoundToAddressesIfTheyAreGiven() {
        var place = new ServerPlace("fd00::2", 5300);
        var target = new ClientTarget("fd00::2", 5300, "fd00::1");
        TestSettings settings = settings("-t 1", OutputStyle.TEXT);

        assertThat(engine("iperf3 3.12").server(settings, place))
                .containsExactly("iperf3", "-s", "-1", "-p", "5300", "-B", "fd00::2", "--forceflush");
        assertThat(engine("iperf3 3.12").client(settings, target))
                .containsExactly("iperf3", "-c", "fd00::2", "-p", "5300", "-B", "fd00::1", "-t", "1", "--forceflush");
        assertThat(engine("iperf 2.1.8").server(settings, place))
                .containsExactly("iperf", "-s", "-p", "5300", "-B", "fd00::2", "-V", "-i", "1", "-l", "131072");
        assertThat(engine("iperf 2.1.8").client(settings, target))
                .startsWith("iperf", "-c", "fd00::2", "-p", "5300", "-B", "fd00::1", "-V", "-i", "1");
    }

    @Test
    void whatOnlyIperf2HasGoesToTheRightEnd() {
        var own = new Iperf2Options(
                List.of("--tradeoff", "--format=k", "--fileinput=/dev/zero"), List.of("--single_udp"), false);
        var settings = TestSettings.of(List.of("-u", "-f", "m"), own, OutputStyle.TEXT);

        assertThat(engine("iperf 2.1.8").server(settings, ANYWHERE))
                .containsExactly("iperf", "-s", "-p", "5300", "-u", "-i", "1", "--single_udp", "-f", "m");
        assertThat(engine("iperf 2.1.8").client(settings, TARGET))
                .endsWith("-b", "1048576", "--tradeoff", "--format=k", "-F", "/dev/zero");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                --sctp               | --sctp
                -m                   | -m (--mptcp)
                -O 1                 | -O (--omit)
                --cport 5000         | --cport
                -A 1                 | -A (--affinity)
                -A 1,2               | -A (--affinity)
                --connect-timeout 10 | --connect-timeout, --rcv-timeout, --snd-timeout, --cntl-ka
                -L 5                 | -L (--flowlabel)
                -b 1M/10             | -b RATE/BURST
                --pacing-timer 50    | --pacing-timer
                --repeating-payload  | --repeating-payload
                -Z                   | -Z (--zerocopy)
                --skip-rx-copy       | --skip-rx-copy
                -u --udp-counters-64bit | --udp-counters-64bit
                -u --dont-fragment   | --dont-fragment
                --extra-data x       | --extra-data
                --get-server-output  | --get-server-output
                --socket portable    | --socket
                --metrics.file x     | --push.… and --metrics.…
                -V                   | -V (--verbose)
                -f t                 | -f t
                """)
    void whatIperf2LacksIsNamed(String options, String lacking) {
        TestSettings settings = settings(options, OutputStyle.EXACT);
        String sentence = "iperf 2 has no " + lacking + ": leave it out, or use iperf3 or Pitot at both ends";

        assertThatThrownBy(() -> engine("iperf 2.1.8").client(settings, TARGET)).hasMessage(sentence);
        assertThatThrownBy(() -> engine("iperf 2.1.8").server(settings, ANYWHERE))
                .hasMessage(sentence);
    }

    @Test
    void whatIperf2CannotDoIsTold() {
        Engine iperf2 = engine("iperf 2.1.8");

        assertThatThrownBy(() -> iperf2.client(settings("-u -b 0", OutputStyle.EXACT), TARGET))
                .hasMessage("iperf 2 has no unlimited UDP (-b 0): give a rate");
        assertThatThrownBy(() -> iperf2.client(settings("-u -k 5", OutputStyle.EXACT), TARGET))
                .hasMessage("iperf 2 counts bytes, not blocks: give -l with -k, or -n");
        assertThatThrownBy(() -> engine("iperf 2.0.13").client(settings("-R", OutputStyle.EXACT), TARGET))
                .hasMessage("iperf 2.0.13 has no -R: use iperf 2.1 or later there, iperf3 or Pitot, or swap the"
                        + " direction");
        assertThatThrownBy(() -> engine("iperf 2.0.13").server(settings("--bidir", OutputStyle.EXACT), ANYWHERE))
                .hasMessageStartingWith("iperf 2.0.13 has no --bidir: ");
    }

    @Test
    void enginesTellHowTheyBehave() {
        TestSettings udp = settings("-u", OutputStyle.EXACT);
        TestSettings text = settings("", OutputStyle.TEXT);

        assertThat(engine("iperf3 3.12").door(udp)).isEqualTo(Protocol.TCP);
        assertThat(engine("iperf 2.1.8").door(udp)).isEqualTo(Protocol.UDP);
        assertThat(engine("iperf 2.1.8").door(text)).isEqualTo(Protocol.TCP);
        assertThat(engine("pitot").hasOneTestServers()).isTrue();
        assertThat(engine("iperf 2.1.8").hasOneTestServers()).isFalse();
        assertThat(engine("pitot").output(udp)).isEqualTo(Engine.Output.JSON_STREAM);
        assertThat(engine("iperf3 3.16").output(udp)).isEqualTo(Engine.Output.JSON);
        assertThat(engine("iperf3 3.16").output(text)).isEqualTo(Engine.Output.IPERF3_TEXT);
        assertThat(engine("iperf 2.1.8").output(udp)).isEqualTo(Engine.Output.IPERF2_CSV);
        assertThat(engine("iperf 2.1.8").output(text)).isEqualTo(Engine.Output.IPERF2_TEXT);
    }
}
