package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanProblemsTest {
    /// The lines of the small plan: 1 nodes, 2 desk, 3 phone, 4 traffic_pc, 5 tests, 6 the test.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    traffic_pc: desk    | trafic_pc: desk               | p.yaml:4:1: unknown key 'trafic_pc': did you mean 'traffic_pc'?
                    traffic_pc: desk    | traffic_pc: dsek              | p.yaml:4:1: unknown node 'dsek': did you mean 'desk'?
                    traffic_pc: desk    | pairs: [[phone, desc]]        | p.yaml:4:9: unknown node 'desc': did you mean 'desk'?
                    traffic_pc: desk    | pairs: [[phone]]              | p.yaml:4:9: a pair is two names: [node, peer]
                    traffic_pc: desk    | pairs: [[phone, phone]]       | p.yaml:4:9: a pair needs two different nodes, not 'phone' twice
                    traffic_pc: desk    | pairs: []                     | p.yaml:4:1: 'pairs' needs a list
                    traffic_pc: desk    | pairs: [[phone, desk], [phone, desk]] | p.yaml:4:24: the pair phone, desk is given twice
                    traffic_pc: desk    | repeat: 1                     | p.yaml:1:1: a plan needs 'traffic_pc'
                    connection: local   | connection: locl              | p.yaml:2:22: unknown connection 'locl': did you mean 'local'?
                    connection: local   | connection: iperf             | p.yaml:2:22: unknown connection 'iperf': known are local, ssh, builtin-ssh, adb
                    connection: local,  | system: linux,                | p.yaml:2:9: 'connection' is needed: one of local, ssh
                    connection: local   | connection: ssh               | p.yaml:2:9: 'host' is needed for ssh, as ssh takes it
                    connection: local   | connection: ssh, host: -oProxyCommand=x | p.yaml:2:27: 'host' must be one word that does not begin with a dash
                    connection: local   | connection: local, baud: 9600 | p.yaml:2:29: connection local takes no 'baud'
                    connection: local   | connection: local, system: linus | p.yaml:2:37: unknown system 'linus': did you mean 'linux'?
                    connection: local   | connection: local, engine: iperf | p.yaml:2:37: unknown engine 'iperf': did you mean 'iperf3' or 'iperf2'?
                    connection: local   | connection: telnet, host: h, port: 70000 | p.yaml:2:45: 'port' needs a whole number from 1 to 65535, not '70000'
                    connection: local   | connection: ssh, host: h, password: {env: X} | p.yaml:2:36: connection ssh takes no 'password': use a key, the agent, or connection builtin-ssh
                    `, address: 10.0.0.1` | ``                          | p.yaml:2:3: node 'desk' needs an 'address' for test traffic, or the 'interface' that has it
                    address: 10.0.0.1   | `system: ios, interface: en0` | p.yaml:2:3: node 'desk' needs an 'address' for test traffic: it cannot be looked up on iOS
                    desk:               | -desk:                        | p.yaml:2:3: the name '-desk' of a node cannot be part of a file's
                    desk:               | phone:                        | p.yaml:3:3: key 'phone' is already in line 2
                    - name: tcp         | - name: a/b                   | p.yaml:6:5: the name 'a/b' of a test cannot be part of a file's
                    - name: tcp         | - nam: tcp                    | p.yaml:6:5: unknown key 'nam': did you mean 'name'?
                    - name: tcp         | `- {name: a, directions: across}` | unknown direction
                    - name: tcp         | `- {name: a, directions: Upload}`   | p.yaml:6:15: unknown direction 'Upload' (in small letters)
                    - name: tcp         | `- {name: a, directions: [to, rx]}` | direction 'rx' is given twice
                    - name: tcp         | `- {name: a, nodes: fone}`          | p.yaml:6:15: unknown node 'fone': did you mean 'phone'?
                    - name: tcp         | `- {name: a, nodes: desk}`          | p.yaml:5:1: no test is for any pair of nodes
                    - name: tcp         | `- {name: a, options: {tiem: 3}}`   | p.yaml:6:25: unknown option 'tiem': did you mean 'time'?
                    - name: tcp         | `- {name: a, options: {time: x}}`   | p.yaml:6:25: invalid value 'x' for --time
                    - name: tcp         | `- {name: a, options: {udp: 5}}`    | p.yaml:6:25: option '--udp' doesn't allow an argument
                    - name: tcp         | `- {name: a, options: {time: true, udp: true}}` | p.yaml:6:25: option '--time' requires an argument
                    - name: tcp         | `- {name: a, options: {time: }}`    | p.yaml:6:30: 'time' needs a value, or true
                    - name: tcp         | `- {name: a, options: -R}`          | '--reverse' is not for plans: 'directions' says which node sends
                    - name: tcp         | `- {name: a, options: -s}`          | cannot be both server and client
                    - name: tcp         | `- {name: a, options: -c 1.1.1.1}`  | the lab sets '--client' itself
                    - name: tcp         | `- {name: a, options: -p 5}`        | the lab sets '--port' itself
                    - name: tcp         | `- {name: a, options: -J}`          | the lab chooses the form of output itself
                    - name: tcp         | `- {name: a, options: -h}`          | these are no options of a test
                    - name: tcp         | `- {name: a, options: -t 0}`        | a test must end by itself
                    - name: tcp         | `- {name: a, options: {title: x}}`  | p.yaml:6:25: the lab sets '--title' itself
                    - name: tcp         | `- {name: a, options: {logfile: x}}` | leave '--logfile' and '--pidfile' out
                    - name: tcp         | `- {name: a, options: "-t '1"}`    | a quotation mark is not closed
                    - name: tcp         | `- {name: a, options: 10}`          | options begin with a dash
                    - name: tcp         | `- {name: a, sweep: {time: [1, x]}}` | p.yaml:6:23: invalid value 'x' for --time: a whole number is needed (with time 'x')
                    - name: tcp         | `- {name: a, sweep: {tiem: [1]}}`   | p.yaml:6:23: unknown option 'tiem': did you mean 'time'?
                    - name: tcp         | `- {name: a, sweep: {time: []}}`    | p.yaml:6:23: 'time' has no values to sweep
                    - name: tcp         | `- {name: a, sweep: {time: [1, 1]}}` | the value '1' is given twice
                    - name: tcp         | `- {name: a, options: {time: 1}, sweep: {time: [1]}}` | 'time' is swept and set
                    - name: tcp         | `- {name: a, sweep: {engine: [pitto]}}` | unknown engine 'pitto': did you mean 'pitot'?
                    - name: tcp         | `- {name: a, engine: iperf3, iperf2: {tradeoff: true}}` | p.yaml:6:31: only the engine iperf2 knows these options
                    - name: tcp         | `- {name: a, iperf2: {tradeof: true}}` | unknown key 'tradeof': did you mean 'tradeoff'?
                    - name: tcp         | `- {name: a, iperf2: {tradeoff: y}}` | 'tradeoff' is true or false, not 'y'
                    - name: tcp         | `- {name: a, iperf2: {ttl: 300}}`   | iperf 2 does not take '300' for 'ttl'
                    - name: tcp         | `- {name: a, thresholds: {bitrate: 90M}}` | a limit for bitrate is written as ">= 90M"
                    - name: tcp         | `- {name: a, thresholds: {bitrate: ">= 90"}}` | a limit for bitrate is written as ">= 90M"
                    - name: tcp         | `- {name: a, thresholds: {bitrate: ">= 90MB"}}` | a limit for bitrate is written as ">= 90M"
                    - name: tcp         | `- {name: a, options: -u, thresholds: {loss: "<= 1"}}` | a limit for loss is written as "<= 1%"
                    - name: tcp         | `- {name: a, options: -u, thresholds: {loss: "<= 101%"}}` | a limit for loss is written as "<= 1%"
                    - name: tcp         | `- {name: a, options: -u, thresholds: {jitter: "<= 1"}}` | a limit for jitter is written as "<= 5 ms"
                    - name: tcp         | `- {name: a, thresholds: {retransmits: "<= 1%"}}` | a limit for retransmits is written as "<= 10"
                    - name: tcp         | `- {name: a, thresholds: {loss: "<= 1%"}}` | loss is only measured with 'udp: true'
                    - name: tcp         | `- {name: a, thresholds: {los: "<= 1%"}}` | unknown key 'los': did you mean 'loss'?
                    tests:              | `watches: {watch: cpu, node: desc}\ntests:` | p.yaml:5:23: unknown node 'desc': did you mean 'desk'?
                    tests:              | `watches: {watch: cpi, node: desk}\ntests:` | unknown watch 'cpi': did you mean 'cpu'?
                    tests:              | `watches: {watch: ping, node: desk}\ntests:` | a watch of this kind needs the target's address in 'arguments'
                    tests:              | `hooks: {before: [pause: 1]}\ntests:` | p.yaml:5:9: unknown key 'before'
                    tests:              | `hooks: {before_test: [{command: x, node: desc}]}\ntests:` | unknown node 'desc': did you mean 'desk'?
                    tests:              | `hooks: {before_test: [{}]}\ntests:` | a hook has exactly one of command, http, pause, ping
                    tests:              | `hooks: {before_test: [{pause: 1, node: desk}]}\ntests:` | a hook with 'pause' takes no 'node' here
                    tests:              | `hooks: {before_test: [{pause: long}]}\ntests:` | 'pause' needs a length of time such as 30, 1.5 s, 500 ms or 2 h 10 min, not 'long'
                    tests:              | `hooks: {before_test: [{http: ftp://x}]}\ntests:` | 'http' needs an address such as http://host/path
                    tests:              | `hooks: {session_start: [{ping: {target: x}}]}\ntests:` | a ping before or after the whole session needs 'node' and 'target'
                    tests:              | `hooks: {before_test: [{ping: phone}]}\ntests:` | node 'phone' has no 'address'
                    tests:              | `repeat: 0\ntests:`           | p.yaml:5:9: 'repeat' needs a whole number from 1 to 100000, not '0'
                    tests:              | `deadline: 0\ntests:`         | 'deadline' must be more than 0
                    tests:              | `output: {style: exakt}\ntests:` | unknown style 'exakt': did you mean 'exact'?
                    tests:              | `output: {prefix: a/b}\ntests:` | the name 'a/b' of a prefix cannot be part of a file's
                    tests:              | `nodes: x\ntests:`            | p.yaml:5:1: key 'nodes' is already in line 1
                    """)
    void eachProblemHasItsPlaceAndSaysWhatToDo(String part, String instead, String complaint) {
        String text = Texts.SMALL.replace(part, instead.replace("\\n", "\n"));

        assertThat(Texts.complaints(text)).contains(complaint);
    }

    @Test
    void allProblemsAreToldInTheOrderOfTheFile() {
        String text = """
                nodes:
                  desk: {connection: locl}
                  phone: {connection: adb, systm: android}
                traffic_pc: dsk
                tests:
                  - {name: a, options: {tiem: 1}}
                  - {name: a, thresholds: {bitrate: fast}}
                repeet: 2
                """;

        assertThat(Texts.complaints(text).lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "p.yaml:2:22:",
                        "p.yaml:3:28:",
                        "p.yaml:4:1:",
                        "p.yaml:6:25:",
                        "p.yaml:7:6:",
                        "p.yaml:7:37:",
                        "p.yaml:8:1:");
    }

    @Test
    void aManualNodeOnlyReceives() {
        String text =
                Texts.SMALL.replace("{connection: adb, interface: wlan0}", "{connection: manual, address: 10.0.0.5}");

        assertThat(Texts.complaints(text))
                .isEqualTo("p.yaml:6:5: node 'phone' is manual and can only receive: give this test"
                        + " 'directions: to', or 'nodes' without it");
        assertThat(Texts.plan(text + "    directions: to\n").cases()).hasSize(1);
    }

    @Test
    void nothingTouchesAManualNode() {
        String text = Texts.SMALL.replace("{connection: adb, interface: wlan0}", "{connection: manual, interface: w}")
                + "    directions: to\n"
                + "hooks: {before_test: {command: x, node: phone}}\n"
                + "watches: {watch: cpu, node: phone}\n";

        assertThat(Texts.complaints(text))
                .contains("node 'phone' needs an 'address' for test traffic: nobody may ask it")
                .contains("node 'phone' is manual: nothing may run on it")
                .contains("node 'phone' is manual: it must not be touched");
    }

    @Test
    void aPlanHasAtMostAHundredThousandTests() {
        String thousand =
                IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "));

        assertThat(Texts.complaints(Texts.SMALL + "repeat: 50001\n"))
                .isEqualTo("p.yaml:5:1: this plan has 100002 tests to run, and 100000 are the most:"
                        + " repeat less, sweep less, or make several plans");
        assertThat(Texts.plan(Texts.SMALL + "repeat: 50000\n").cases()).hasSize(100_000);
        assertThat(Texts.complaints(Texts.SMALL + "    sweep: {time: [" + thousand + "], omit: [" + thousand + "]}\n"))
                .contains("the sweeps of the tests up to this make more than 100000 combinations"
                        + " (1000 of time × 1000 of omit): give fewer values");
    }

    @Test
    void severalTestsCannotSweepMoreTogether() {
        String values =
                IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String sweep = ", sweep: {time: [" + values + "], omit: [" + values + "]}}\n";

        assertThat(Texts.complaints(Texts.SMALL + "  - {name: a" + sweep + "  - {name: b" + sweep))
                .contains("p.yaml:8:15: the sweeps of the tests up to this make more than 100000 combinations");
    }

    @Test
    void yamlHasLimits() {
        String aliases = "a: &a [1]\nb: [" + "*a, ".repeat(51) + "]\n";
        String many = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(5) + "]\n")
                        .collect(Collectors.joining());

        assertThat(Texts.complaints("[".repeat(51))).contains("nested more than 50 deep");
        assertThat(Texts.complaints("a: ".repeat(3))).contains("this is no YAML: ");
        assertThat(Texts.complaints(aliases)).isEqualTo("p.yaml:2:205: there are more than 50 aliases");
        assertThat(Texts.complaints(many)).contains("aliases make this plan too large");
        assertThat(Texts.complaints("a: &a [*a, *a]\n")).contains("aliases make this plan too large");
        assertThat(Texts.complaints("a: !!binary abc\nb: !x y\n")).contains("tags such as '!x' are not used in plans");
        assertThat(Texts.complaints("#" + "x".repeat(1 << 20))).isEqualTo("p.yaml:1:1: a plan has at most 1 MiB");
        assertThat(Texts.complaints("a: 1\n---\nb: 2\n")).startsWith("p.yaml:2:1: this is no YAML: ");
        assertThat(Texts.complaints("\u0007")).startsWith("p.yaml:1:1: this is no YAML: ");
        assertThat(Texts.complaints("")).contains("this plan is empty");
        assertThat(Texts.complaints("[1, 2]")).contains("a table is needed here");
        assertThat(Texts.complaints("? [a]\n: b\n")).contains("a key must be a word");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemToo(@TempDir Path folder) throws Exception {
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, "title: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PlanReader.read(folder.resolve("no.yaml"), folder))
                .isInstanceOf(PlanException.class)
                .hasMessage(folder.resolve("no.yaml") + ":1:1: there is no such file");
        assertThatThrownBy(() -> PlanReader.read(binary, folder)).hasMessageContaining("this is no UTF-8 text");
        assertThatThrownBy(() -> PlanReader.read(folder, folder)).hasMessageContaining("this file cannot be read");
    }
}
