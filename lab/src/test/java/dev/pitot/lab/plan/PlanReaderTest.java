package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.node.EngineKind;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.node.Node.StaleProcessPolicy;
import dev.pitot.lab.node.Node.Tools;
import dev.pitot.lab.node.Node.Traffic;
import dev.pitot.lab.node.NodeTimeouts;
import dev.pitot.lab.node.Secret;
import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.plan.Hook.Moment;
import dev.pitot.lab.plan.OutputSettings.SeriesFormat;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.plan.Threshold.ThresholdMetric;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.remote.NodeConnection;
import dev.pitot.lab.tool.Iperf2Options;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
    @Test
    void whatIsNotSaidHasDefaults() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL);

        assertThat(plan.title()).isEqualTo("pitot lab");
        assertThat(plan.nodes())
                .containsExactly(
                        entry(
                                "desk",
                                new Node(
                                        "desk",
                                        OperatingSystem.LINUX,
                                        new ConnectionSettings.Local(),
                                        new Traffic("10.0.0.1", null),
                                        Tools.ANY,
                                        Node.Control.DEFAULT)),
                        entry(
                                "phone",
                                new Node(
                                        "phone",
                                        OperatingSystem.ANDROID,
                                        new ConnectionSettings.Adb(null, "adb"),
                                        new Traffic(null, "wlan0"),
                                        Tools.ANY,
                                        Node.Control.DEFAULT)));
        assertThat(plan.options()).isEqualTo(SessionOptions.USUAL);
        assertThat(plan.fixtures().hooks()).isEmpty();
        assertThat(plan.fixtures().monitors()).isEmpty();
        assertThat(plan.cases())
                .extracting(TestCase::pair)
                .containsExactly(
                        new Pair("phone", "desk", NodeDirection.TO_NODE),
                        new Pair("phone", "desk", NodeDirection.FROM_NODE));
        TestCase first = plan.cases().getFirst();
        assertThat(first.engine()).isNull();
        assertThat(first.thresholds()).isEmpty();
        assertThat(first.spec().settings().options()).isEmpty();
        assertThat(first.spec().settings().iperf2()).isEqualTo(Iperf2Options.NONE);
        assertThat(first.spec().settings().style()).isEqualTo(OutputStyle.EXACT);
        assertThat(first.spec().settings().config().test().limit())
                .isEqualTo(new Limit.ForDuration(Duration.ofSeconds(10)));
    }

    @Test
    void everyConnectionHasItsKeys() {
        String text = """
                nodes:
                  a: {connection: ssh, host: h, login: l, port: 2222, identity: ~/k, ssh_options: [ConnectTimeout=3]}
                  b: {connection: builtin-ssh, host: h, login: l, password: {env: PW}}
                  c: {connection: builtin-ssh, host: h, login: l, identity: k, known_hosts: kh, port: 23}
                  d: {connection: adb, serial_number: 0123, adb: /opt/adb}
                  e: {connection: adb-ssh, host: h, serial_number: s}
                  f: {connection: telnet, host: h, login: l, password: {file: pw}}
                  g: {connection: serial, device: /dev/ttyS0, baud: 9600}
                  h: {connection: manual, address: 10.0.0.9, system: ios, port: 5301}
                  i: {connection: local, address: 10.0.0.2}
                pairs: [[h, i]]
                tests: {name: t, directions: to}
                """;

        Plan plan = PlanTexts.plan(text);

        ConnectionSettings.Ssh ssh =
                new ConnectionSettings.Ssh("h", "l", 2222, Path.of("/home/tester/k"), List.of("ConnectTimeout=3"));
        Path known = Path.of("/home/tester/.ssh/known_hosts");
        assertThat(plan.nodes().values())
                .extracting(Node::connectionSettings)
                .containsExactly(
                        ssh,
                        new ConnectionSettings.MinaSsh("h", "l", 22, null, new Secret.InVariable("PW"), known),
                        new ConnectionSettings.MinaSsh("h", "l", 23, Path.of("/plans/k"), null, Path.of("/plans/kh")),
                        new ConnectionSettings.Adb("0123", "/opt/adb"),
                        new ConnectionSettings.AdbOverSsh(
                                new ConnectionSettings.Ssh("h", null, 0, null, List.of()),
                                new ConnectionSettings.Adb("s", "adb")),
                        new ConnectionSettings.Telnet("h", 23, "l", new Secret.InFile(Path.of("/plans/pw"))),
                        new ConnectionSettings.Serial("/dev/ttyS0", 9600, null, null),
                        new ConnectionSettings.Manual(5301),
                        new ConnectionSettings.Local());
    }

    @Test
    void aNodeSaysWhatMeasuresOnIt() {
        String more = "{connection: local, address: 10.0.0.1, engine: iperf2, programs: {iperf2: /opt/iperf},"
                + " path: [/a, /b], library_path: /l, environment: {LANG: C}, leftovers: all}";

        Plan plan = PlanTexts.plan(PlanTexts.SMALL.replace("{connection: local, address: 10.0.0.1}", more));

        Node desk = PlanTexts.node(plan, "desk");
        assertThat(desk.programs())
                .isEqualTo(new Tools(
                        EngineKind.IPERF2,
                        Map.of(EngineKind.IPERF2, "/opt/iperf"),
                        Map.of("LANG", "C", "PATH", "/a:/b", "LD_LIBRARY_PATH", "/l")));
        assertThat(desk.control().staleProcesses()).isEqualTo(StaleProcessPolicy.ALL);
    }

    @Test
    void casesGoByRepetitionThenNodeThenDirectionThenTestThenSweeps() {
        String text = """
                nodes:
                  tpc: {connection: local, address: 10.0.0.1}
                  a: {connection: local, address: 10.0.0.2}
                  b: {connection: local, address: 10.0.0.3}
                traffic_pc: tpc
                repeat: 2
                directions: from_dut, to_dut
                tests:
                  - {name: x, sweep: {window: [1K, 2K], length: [100, 200]}}
                  - {name: y, directions: to, nodes: b, engine: [iperf3, pitot]}
                """;

        Plan plan = PlanTexts.plan(text);

        String each = "a<x1K/100 a<x1K/200 a<x2K/100 a<x2K/200 a>x1K/100 a>x1K/200 a>x2K/100 a>x2K/200"
                + " b<x1K/100 b<x1K/200 b<x2K/100 b<x2K/200 b>x1K/100 b>x1K/200 b>x2K/100 b>x2K/200"
                + " b>yiperf3 b>ypitot";
        assertThat(plan.cases().stream().filter(it -> it.repetition() == 1).map(PlanReaderTest::shown))
                .containsExactly(each.split(" "));
        assertThat(plan.cases().stream().filter(it -> it.repetition() == 2).map(PlanReaderTest::shown))
                .containsExactly(each.split(" "));
        assertThat(plan.cases())
                .extracting(TestCase::number)
                .startsWith(1, 2, 3)
                .endsWith(36);
        assertThat(plan.cases().getLast().engine()).isEqualTo(EngineKind.PITOT);
        assertThat(plan.cases().getFirst().pair().sender()).isEqualTo("a");
        assertThat(plan.cases().get(4).pair().sender()).isEqualTo("tpc");
        assertThat(plan.cases().getFirst().spec().settings().options()).containsExactly("--window=1K", "--length=100");
    }

    private static String shown(TestCase test) {
        return test.pair().node()
                + (test.pair().direction() == NodeDirection.TO_NODE ? ">" : "<")
                + test.spec().test()
                + String.join("/", test.spec().parameters().sweep().values());
    }

    @Test
    void pairsAreAnyTwoNodes() {
        Plan plan = PlanTexts.plan(
                PlanTexts.SMALL.replace("traffic_pc: desk", "pairs: [[desk, phone], {node: phone, peer: desk}]"));

        assertThat(plan.cases())
                .extracting(it -> it.pair().node() + " " + it.pair().peer())
                .containsExactly("desk phone", "desk phone", "phone desk", "phone desk");
    }

    @Test
    void optionsAreATableAListOrALine() {
        List<String> forms = List.of(
                "{time: 5, udp: true, bitrate: 10M, parallel: 4, zerocopy: false}",
                "[-t, 5, -u, --bitrate, 10M, --parallel=4]",
                "-t 5 -u -b '10M' -P4");

        for (String form : forms) {
            Plan plan = PlanTexts.plan(PlanTexts.SMALL + "    options: " + form + "\n");

            var config = plan.cases().getFirst().spec().settings().config();
            assertThat(config.test().protocol()).isEqualTo(Protocol.UDP);
            assertThat(config.test().limit()).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(5)));
            assertThat(config.test().streams().parallel()).isEqualTo(4);
        }
    }

    @Test
    void thresholdsHaveTheirFiguresUnits() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL
                + "    options: {udp: true}\n"
                + "    thresholds: {bitrate: ['>= 90M', '<= 1.5 Gbit/s'], loss: '<= 0.5%', jitter: <= 500 us,"
                + " loaded_rtt_p95: <= 30 ms}\n");

        assertThat(plan.cases().getFirst().thresholds())
                .containsExactly(
                        new Threshold(ThresholdMetric.BITRATE, true, 90e6),
                        new Threshold(ThresholdMetric.BITRATE, false, 1.5e9),
                        new Threshold(ThresholdMetric.LOSS, false, 0.5),
                        new Threshold(ThresholdMetric.JITTER, false, 0.5),
                        new Threshold(ThresholdMetric.LOADED_RTT_P95, false, 30));
    }

    @Test
    void theLabsFilesOnANodeMayLieElsewhere() {
        Plan plan = PlanTexts.plan(
                PlanTexts.SMALL.replace("{connection: local", "{temporary_folder: /mnt/x, connection: local"));
        var connection = new LocalConnection("here", Map.of(), InstantSource.system());

        assertThat(commands(connection, PlanTexts.node(plan, "desk")).temporaryFolder())
                .isEqualTo("/mnt/x");
        assertThat(commands(connection, PlanTexts.node(plan, "phone")).temporaryFolder())
                .isEqualTo("/data/local/tmp");
    }

    @Test
    void iperf2HasOptionsOfItsOwn() {
        Plan plan = PlanTexts.plan(
                PlanTexts.SMALL
                        + "    engine: iperf2\n"
                        + "    iperf2: {print_mss: true, ttl: 3, format: m, single_udp: true, daemon: true, compatibility: false}\n");

        assertThat(plan.cases().getFirst().spec().settings().iperf2())
                .isEqualTo(new Iperf2Options(
                        List.of("--format", "m", "--print_mss", "--ttl", "3"),
                        List.of("--format", "m", "--print_mss", "--single_udp"),
                        true));
    }

    @Test
    void hooksAreReadByMoment() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + """
                hooks:
                  session_start:
                    command: logger 'lab begins'
                  before_test:
                    - {command: [turn, 90], node: desk, timeout: 5 s}
                    - {http: 'http://h/p?a=b', method: put, headers: {A: b}, body: x}
                    - pause: 1 min
                    - ping: true
                    - ping: desk
                    - ping: {node: phone, target: 10.9.9.9, threshold: 2, timeout: 20}
                """);

        Duration minute = Duration.ofSeconds(60);
        Duration gate = Duration.ofSeconds(300);
        Moment before = Moment.BEFORE_TEST;
        assertThat(plan.fixtures().hooks())
                .containsExactly(
                        new Hook.Command(Moment.SESSION_START, null, List.of("logger", "lab begins"), minute),
                        new Hook.Command(before, "desk", List.of("turn", "90"), Duration.ofSeconds(5)),
                        new Hook.Http(before, "PUT", URI.create("http://h/p?a=b"), Map.of("A", "b"), "x", minute),
                        new Hook.Pause(before, minute),
                        new Hook.PingGate(before, null, null, 5, gate),
                        new Hook.PingGate(before, null, "10.0.0.1", 5, gate),
                        new Hook.PingGate(before, "phone", "10.9.9.9", 2, Duration.ofSeconds(20)));
    }

    @Test
    void watchesAreForOneOrSeveralNodes() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + """
                watches:
                  - {watch: net_dev, node: [desk, phone], interval: 2 s, arguments: wlan0}
                  - {watch: follow_command, node: desk, arguments: tail -f '/var/log/a b'}
                """);

        Duration second = Duration.ofSeconds(1);
        assertThat(plan.fixtures().monitors())
                .containsExactly(
                        new Monitor(Monitor.Kind.NET_DEV, "desk", Duration.ofSeconds(2), List.of("wlan0")),
                        new Monitor(Monitor.Kind.NET_DEV, "phone", Duration.ofSeconds(2), List.of("wlan0")),
                        new Monitor(
                                Monitor.Kind.FOLLOW_COMMAND, "desk", second, List.of("tail", "-f", "/var/log/a b")));
    }

    @Test
    void rulesSayHowTheSessionGoes() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + """
                title: Office Wi-Fi
                deadline: 3 min
                retries: 0
                pause: 500 ms
                parallel: 2
                lease: {wait: 90 s}
                output: {folder: 'out/{t}', style: text, prefix: ALLION, series: apetools, maximum: 10G}
                """);

        assertThat(plan.title()).isEqualTo("Office Wi-Fi");
        assertThat(plan.options())
                .isEqualTo(new SessionOptions(
                        new OutputSettings("out/{t}", "ALLION", SeriesFormat.APETOOLS, 10e9),
                        2,
                        Duration.ofMinutes(3),
                        0,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(90)));
        assertThat(plan.cases().getFirst().spec().settings().style()).isEqualTo(OutputStyle.TEXT);
    }

    @Test
    void aNodesTimeoutsOverrideThoseOfThePlan() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL.replace("adb, interface", "adb, timeouts: {login: 2 min}, interface")
                + "timeouts: {login: 40 s, end: 500 ms}\n");

        NodeTimeouts desk = PlanTexts.node(plan, "desk").control().timeouts();
        NodeTimeouts phone = PlanTexts.node(plan, "phone").control().timeouts();
        assertThat(desk.login()).isEqualTo(Duration.ofSeconds(40));
        assertThat(desk.end()).isEqualTo(Duration.ofMillis(500));
        assertThat(desk.fetch()).isEqualTo(NodeTimeouts.DEFAULT.fetch());
        assertThat(phone)
                .isEqualTo(new NodeTimeouts(
                        Duration.ofMinutes(2), desk.command(), desk.ready(), desk.report(), desk.fetch(), desk.end()));
    }

    @Test
    void theDefaultsOfTheKeysAreThoseOfTheTypes() {
        NodeTimeouts usual = NodeTimeouts.DEFAULT;

        assertThat(PlanKeys.TIMEOUTS.keys())
                .extracting(key -> DurationParser.parse(key.usual()))
                .containsExactly(
                        usual.login(), usual.command(), usual.ready(), usual.report(), usual.fetch(), usual.end());
        assertThat(PlanTexts.plan(PlanTexts.SMALL).options()).isEqualTo(SessionOptions.USUAL);
    }

    @Test
    void aHookMayWaitBetweenServerAndClient() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL + "hooks: {before_client: {command: 'arm {node}', timeout: 3 s}}\n");

        assertThat(plan.fixtures().hooks())
                .containsExactly(
                        new Hook.Command(Moment.BEFORE_CLIENT, null, List.of("arm", "{node}"), Duration.ofSeconds(3)));
    }

    @Test
    void anAddressOfAHookMayHavePlaceholders() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL
                + "variables: {angle: [0, 90]}\nhooks: {before_test: {http: 'http://table/angle/{angle}'}}\n");

        assertThat(plan.fixtures().hooks())
                .extracting(hook -> ((Hook.Http) hook).address())
                .containsExactly(URI.create("http://table/angle/%7Bangle%7D"));
    }

    @Test
    void aliasesAndCommentsAreAllowed() {
        Plan plan = PlanTexts.plan(PlanTexts.SMALL.replace("- name: tcp", "- {name: a, options: &o {time: 3}}")
                + "  - {name: b, options: *o}  # as a\n"
                + "hooks:\n  # nothing yet\n");

        assertThat(plan.cases())
                .extracting(it -> it.spec().settings().options())
                .containsOnly(List.of("--time=3"));
    }

    @Test
    void aFileIsRelativeToItsFolder(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("p.yaml");
        Files.writeString(
                file, PlanTexts.SMALL.replace("connection: local", "connection: ssh, host: h, identity: key"));

        Plan plan = Plans.read(file, Path.of("/home/x")).plan();

        Node desk = PlanTexts.node(plan, "desk");
        assertThat(desk.connectionSettings())
                .isEqualTo(new ConnectionSettings.Ssh("h", null, 0, folder.resolve("key"), List.of()));
    }

    private static NodeCommands commands(NodeConnection connection, Node node) {
        return new NodeCommands(connection, node.system(), node.control());
    }
}
