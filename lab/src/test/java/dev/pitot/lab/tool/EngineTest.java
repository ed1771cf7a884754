package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputReader;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
    private static final ServerAddress ANYWHERE = new ServerAddress(null, 5300);
    private static final ClientTarget TARGET = new ClientTarget("10.0.0.2", 5300, null);

    private static Engine engine(String program) {
        String[] parts = program.split(" ", -1);
        EngineKind kind = switch (parts[0]) {
            case "pitot" -> EngineKind.PITOT;
            case "iperf3" -> EngineKind.IPERF3;
            default -> EngineKind.IPERF2;
        };
        return Engine.of(new InstalledTool(kind, parts[0], parts.length == 1 ? null : ToolVersion.read(parts[1])));
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
        assertThat(String.join(
                        " ",
                        engine(program)
                                .server(settings(options, style), ANYWHERE)
                                .words()))
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
                """)
    void clientsAreStartedLikeThis(String program, OutputStyle style, String options, String command) {
        assertThat(String.join(
                        " ",
                        engine(program).client(settings(options, style), TARGET).words()))
                .isEqualTo(command);
    }

    @Test
    void endsAreBoundToAddressesIfTheyAreGiven() {
        var place = new ServerAddress("fd00::2", 5300);
        var target = new ClientTarget("fd00::2", 5300, "fd00::1");
        TestSettings settings = settings("-t 1", OutputStyle.TEXT);

        assertThat(engine("iperf3 3.12").server(settings, place).words())
                .containsExactly("iperf3", "-s", "-1", "-p", "5300", "-B", "fd00::2", "--forceflush");
        assertThat(engine("iperf3 3.12").client(settings, target).words())
                .containsExactly("iperf3", "-c", "fd00::2", "-p", "5300", "-B", "fd00::1", "-t", "1", "--forceflush");
        assertThat(engine("iperf 2.1.8").server(settings, place).words())
                .containsExactly("iperf", "-s", "-p", "5300", "-B", "fd00::2", "-V", "-i", "1", "-l", "131072");
        assertThat(engine("iperf 2.1.8").client(settings, target).words())
                .startsWith("iperf", "-c", "fd00::2", "-p", "5300", "-B", "fd00::1", "-V", "-i", "1");
    }

    @Test
    void whatOnlyIperf2HasGoesToTheRightEnd() {
        var own = new Iperf2Options(
                List.of("--compatibility", "--format=k", "-F", "/dev/zero"), List.of("--single_udp"), false);
        var settings = TestSettings.of(List.of("-u", "-f", "m"), own, OutputStyle.TEXT);

        assertThat(engine("iperf 2.1.8").server(settings, ANYWHERE).words())
                .containsExactly("iperf", "-s", "-p", "5300", "-u", "-i", "1", "--single_udp", "-f", "m");
        assertThat(engine("iperf 2.1.8").client(settings, TARGET).words())
                .endsWith("-b", "1048576", "--compatibility", "--format=k", "-F", "/dev/zero");
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

        assertThatThrownBy(() -> engine("iperf 2.1.8").client(settings, TARGET).words())
                .hasMessage(sentence);
        assertThatThrownBy(
                        () -> engine("iperf 2.1.8").server(settings, ANYWHERE).words())
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
    }

    @ParameterizedTest
    @CsvSource({"--bidir, ''", "-t 1, --tradeoff", "-t 1, --dualtest"})
    void bothWaysAtOnceAreRefusedForIperf2WhichDoesNotTellThemApart(String options, String own) {
        List<String> client = own.isEmpty() ? List.of() : List.of(own);
        var settings = TestSettings.of(
                List.of(options.split(" ", -1)), new Iperf2Options(client, List.of(), false), OutputStyle.TEXT);
        String option = own.isEmpty() ? "--bidir" : own;
        String sentence = "iperf 2 does not tell both ways of a test apart: instead of " + option
                + " say 'directions: [to, from]', or use iperf3 or Pitot at both ends";

        assertThatThrownBy(() -> engine("iperf 2.1.8").client(settings, TARGET)).hasMessage(sentence);
        assertThatThrownBy(() -> engine("iperf 2.1.8").server(settings, ANYWHERE))
                .hasMessage(sentence);
    }

    @Test
    void commandsTellHowServersBehave() {
        TestSettings udp = settings("-u", OutputStyle.EXACT);
        ToolCommand iperf2 = engine("iperf 2.1.8").server(udp, ANYWHERE);
        ToolCommand iperf3 = engine("iperf3 3.12").server(udp, ANYWHERE);

        assertThat(iperf3.readiness()).isEqualTo(Protocol.TCP);
        assertThat(iperf2.readiness()).isEqualTo(Protocol.UDP);
        assertThat(engine("iperf 2.1.8")
                        .server(settings("", OutputStyle.TEXT), ANYWHERE)
                        .readiness())
                .isEqualTo(Protocol.TCP);
        assertThat(iperf3.endsAfterOneTest()).isTrue();
        assertThat(iperf2.endsAfterOneTest()).isFalse();
    }

    private static List<Object> events(ToolCommand command, String... lines) {
        List<Object> events = new ArrayList<>();
        OutputReader reader = command.reader().get();
        for (String line : lines) {
            reader.line(line, events::add);
        }
        reader.end(events::add);
        return events;
    }

    @Test
    void iperf2sOwnTotalEndsItsTest() {
        ToolCommand server = engine("iperf 2.1.8").server(settings("-P 2", OutputStyle.EXACT), ANYWHERE);
        String line = "20261123160543,127.0.0.1,%d,127.0.0.1,5999,%d,0.0-%s,1250000,10000000";

        assertThat(events(
                        server,
                        line.formatted(1, 1, "1.0"),
                        line.formatted(2, 2, "1.0"),
                        line.formatted(1, 1, "1.0"),
                        line.formatted(2, 2, "1.0"),
                        "later"))
                .hasSize(5)
                .element(4)
                .isEqualTo(new OutputEvent.Ended());
    }

    @Test
    void theOnlyRowAsLongAsAnIntervalIsTheTotalToo() {
        ToolCommand server = engine("iperf 2.1.8").server(settings("-n 1M", OutputStyle.EXACT), ANYWHERE);

        assertThat(events(server, "20261123160543,127.0.0.1,1,127.0.0.1,5999,1,0.0-1.0,1048576,8388608"))
                .extracting(event -> event instanceof OutputEvent.Values(Row row) ? row.kind() : event)
                .containsExactly(Row.Kind.INTERVAL, Row.Kind.TOTAL, new OutputEvent.Ended());
    }

    @Test
    void anotherFormThanTheExpectedIsReadToo() {
        ToolCommand stream = engine("iperf3 3.17").client(settings("", OutputStyle.EXACT), TARGET);

        assertThat(events(
                        stream,
                        "iperf3: error - unable to send control message: Bad file descriptor",
                        "Connecting to host 10.0.0.2, port 5201",
                        "[  5]   0.00-1.00   sec  1.00 MBytes  8.39 Mbits/sec    0   320 KBytes       "))
                .hasSize(2)
                .element(1)
                .isInstanceOf(OutputEvent.Values.class);
        assertThat(events(stream, "{", "\"error\": \"unable to connect to server: Connection refused\"", "}"))
                .containsExactly(
                        new ProgramError(ErrorKind.REFUSED, "unable to connect to server: Connection refused"));
    }
}
