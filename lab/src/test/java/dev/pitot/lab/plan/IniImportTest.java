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
import dev.pitot.lab.tool.Iperf2Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IniImportTest {
    private static final String SMALL = """
            [TEST]
            execute_test = iperf
            repeat = 1
            [NODES]
            tate = hostname:h,login:root,operating_system:android,connection:adbshellssh,test_interface:wlan0
            [TRAFFIC_PC]
            tpc = operating_system:linux,connection:local,test_address:10.0.0.1
            [IPERF]
            directions = to_dut
            """;

    @Test
    void theNodesOfTheSampleAreImported() throws Exception {
        Plan plan = imported(sample()).plan();

        assertThat(plan.nodes())
                .containsExactly(
                        entry(
                                "tate",
                                new Node(
                                        "tate",
                                        OperatingSystem.ANDROID,
                                        new ConnectionSettings.AdbOverSsh(
                                                ssh("phoridfly", "root"), new ConnectionSettings.Adb(null, "adb")),
                                        new Traffic(null, "wlan0"),
                                        Tools.ANY,
                                        new Node.Control(StaleProcessPolicy.ALL, NodeTimeouts.DEFAULT, null))),
                        entry(
                                "igor",
                                new Node(
                                        "igor",
                                        OperatingSystem.MACOS,
                                        ssh("igor", "developer"),
                                        new Traffic(null, "en0"),
                                        new Tools(
                                                null,
                                                Map.of(),
                                                Map.of(
                                                        "PATH",
                                                        "/opt/iperf/bin:/opt/bin",
                                                        "LD_LIBRARY_PATH",
                                                        "/opt/lib")),
                                        new Node.Control(StaleProcessPolicy.ALL, NodeTimeouts.DEFAULT, null))),
                        entry(
                                "tpc",
                                new Node(
                                        "tpc",
                                        OperatingSystem.LINUX,
                                        ssh("lancet", "allion"),
                                        new Traffic(null, "eth3"),
                                        Tools.ANY,
                                        new Node.Control(StaleProcessPolicy.ALL, NodeTimeouts.DEFAULT, null))));
    }

    @Test
    void theTestsOfTheSampleAreImported() throws Exception {
        Plan plan = imported(sample()).plan();

        assertThat(plan.title()).isEqualTo("ALLION");
        assertThat(plan.options())
                .isEqualTo(new SessionOptions(
                        new OutputSettings("tate_71_apg_lab126_{t}", "prefix", SeriesFormat.DETAILED, 1e15),
                        1,
                        null,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ZERO));
        assertThat(plan.cases())
                .extracting(it -> it.repetition() + " " + it.pair().node() + " "
                        + it.pair().direction())
                .containsExactly(
                        "1 tate FROM_NODE",
                        "1 tate TO_NODE",
                        "1 igor FROM_NODE",
                        "1 igor TO_NODE",
                        "2 tate FROM_NODE",
                        "2 tate TO_NODE",
                        "2 igor FROM_NODE",
                        "2 igor TO_NODE");
        TestCase first = plan.cases().getFirst();
        assertThat(first.engine()).isEqualTo(EngineKind.IPERF2);
        assertThat(first.pair().peer()).isEqualTo("tpc");
        assertThat(first.spec().settings().options())
                .containsExactly("--time=10", "--window=256K", "--length=1470", "--parallel=4", "--interval=1");
        assertThat(first.spec().settings().iperf2())
                .isEqualTo(new Iperf2Options(List.of("--format", "b"), List.of("--format", "b"), false));
    }

    @Test
    void whatPitotHasToTheSampleIsDoneAndTheRestIsNoted() throws Exception {
        ImportResult imported = imported(sample());

        Duration second = Duration.ofSeconds(1);
        assertThat(imported.plan().fixtures().hooks())
                .containsExactly(new Hook.PingGate(Moment.BEFORE_TEST, null, null, 3, Duration.ofMinutes(5)));
        assertThat(imported.plan().fixtures().monitors())
                .containsExactly(
                        new Monitor(Monitor.Kind.LOGCAT, "tate", second, List.of("all")),
                        new Monitor(Monitor.Kind.FOLLOW_COMMAND, "tate", second, List.of("cat", "/proc/kmsg")),
                        new Monitor(Monitor.Kind.FOLLOW_COMMAND, "igor", second, List.of("cat", "/proc/kmsg")),
                        new Monitor(Monitor.Kind.SIGNAL, "tate", second, List.of()),
                        new Monitor(Monitor.Kind.SIGNAL, "igor", second, List.of()),
                        new Monitor(Monitor.Kind.NET_DEV, "tate", second, List.of("wlan0")),
                        new Monitor(Monitor.Kind.NET_DEV, "tpc", second, List.of("wlan0")));
        assertThat(imported.notes())
                .containsExactly(
                        "line 55: 'logcat' is left out on node 'igor', which has no logcat",
                        "line 58: 'net' is left out on node 'igor', which has no net_dev",
                        "line 7: [OSCILLATE]: 'oscillate' of operation_setup is not imported: write a hook for session_start",
                        "line 8: [ROTATE]: 'rotate' of setup_test is not imported: write a hook for before_test",
                        "line 8: [POWERON]: 'poweron' of setup_test is not imported: write a hook for before_test",
                        "line 8: [DUMPDEVICESTATE]: 'dumpdevicestate' of setup_test is not imported:"
                                + " write a hook for before_test",
                        "line 11: [OSCILLATE]: 'oscillatestop' of operation_teardown is not imported:"
                                + " write a hook for session_end");
    }

    @Test
    void sleepIsAPauseInEveryPhase() throws Exception {
        String text = SMALL.replace("execute_test = iperf", """
                operation_setup = sleep
                setup_test = sleep
                execute_test = sleep, iperf, sleep
                teardown_test = sleep
                operation_teardown = sleep""") + "[SLEEP] time = 1 hour 30 minutes\n";

        Duration length = Duration.ofMinutes(90);
        assertThat(imported(text).plan().fixtures().hooks())
                .containsExactlyInAnyOrder(
                        new Hook.Pause(Moment.SESSION_START, length),
                        new Hook.Pause(Moment.BEFORE_TEST, length),
                        new Hook.Pause(Moment.BEFORE_TEST, length),
                        new Hook.Pause(Moment.AFTER_TEST, length),
                        new Hook.Pause(Moment.AFTER_TEST, length),
                        new Hook.Pause(Moment.SESSION_END, length));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ssh,hostname:h                         | Ssh[host=h, login=null, port=0, identity=null, options=[]]
                    ssh,hostname:h,login:l,port:2222       | Ssh[host=h, login=l, port=2222, identity=null, options=[]]
                    adbshell,serial_number:123             | Adb[serialNumber=123, program=adb]
                    adblocal                               | Adb[serialNumber=null, program=adb]
                    local                                  | Local[]
                    dummy                                  | Manual[port=0]
                    serial,port:/dev/ttyUSB0               | Serial[device=/dev/ttyUSB0, baud=115200, login=null, password=null]
                    telnet,hostname:h                      | Telnet[host=h, port=23, login=null, password=null]
                    """)
    void everyConnectionOfApetoolsCanBeChosen(String connection, String door) throws Exception {
        String text = SMALL.replaceAll("tate = .*", "tate = test_address:10.0.0.2,connection:" + connection);

        Node node = PlanTexts.node(imported(text).plan(), "tate");

        assertThat(node.connectionSettings()).hasToString(door);
    }

    @Test
    void aPasswordIsTakenFromTheEnvironmentOrAFile() throws Exception {
        String text = SMALL.replace("connection:adbshellssh", "connection:ssh,password_env:PW")
                .replace("connection:local", "connection:telnet,hostname:t,password_file:pw");

        Map<String, Node> nodes = imported(text).plan().nodes();

        assertThat(nodes.values())
                .extracting(Node::connectionSettings)
                .containsExactly(
                        new ConnectionSettings.MinaSsh(
                                "h",
                                "root",
                                22,
                                null,
                                new Secret.InVariable("PW"),
                                Path.of("/home/tester/.ssh/known_hosts")),
                        new ConnectionSettings.Telnet("t", 23, null, new Secret.InFile(Path.of("/plans/pw"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tate = hostname:h,connection:ssh,test_interface:w,password:hunter2",
                "tate = hostname:h,connection:ssh,test_interface:w\npassword=hunter2",
                "tate = hostname:h,connection:ssh,test_interface:w,hunter2",
            })
    void aPasswordInClearIsRefusedAndNotRepeated(String line) {
        assertThat(complaints(SMALL.replaceAll("tate = .*", line)))
                .startsWith("ape.ini:")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    execute_test = iperf | execute_test = iperg            | ape.ini:2:1: unknown component 'iperg': did you mean 'iperf'?
                    execute_test = iperf | execute_test = rotate,iperf     | ape.ini:2:1: 'rotate' of execute_test needs a section [ROTATE]
                    execute_test = iperf | execute_test = sleep,iperf      | ape.ini:2:1: 'sleep' of execute_test needs a section [SLEEP]
                    execute_test = iperf | setup_test = iperf              | ape.ini:2:1: 'iperf' belongs in execute_test
                    execute_test = iperf | execute_test =                  | ape.ini:1:1: 'execute_test' of [TEST] has no iperf
                    repeat = 1           | tag = x                         | ape.ini:1:1: 'repeat' of [TEST] is needed
                    repeat = 1           | repeat = often                  | ape.ini:3:1: 'repeat' needs a whole number from 1 to 100000, not 'often'
                    [NODES]              | [nodes]                         | ape.ini:1:1: there is no section [NODES]
                    [TRAFFIC_PC]         | [TPC]                           | ape.ini:1:1: there is no section [TRAFFIC_PC]
                    [IPERF]              | [IPERFS]                        | ape.ini:2:1: 'iperf' of execute_test needs a section [IPERF]
                    [TEST]               | repeat = 1                      | ape.ini:1:1: a section such as [TEST] comes first
                    [TEST]               | `[TEST]\nnonsense`              | ape.ini:2:1: a line is 'name = value', a [SECTION], or a comment behind #
                    directions = to_dut  | directions = Upload             | ape.ini:9:1: unknown direction 'Upload'
                    directions = to_dut  | directions = across, to         | ape.ini:9:1: unknown direction 'across'
                    directions = to_dut  | protocol = sctp                 | ape.ini:9:1: unknown protocol 'sctp': tcp or udp
                    directions = to_dut  | time = soon                     | ape.ini:9:1: 'time' needs a length of time
                    directions = to_dut  | nodelay = perhaps               | ape.ini:9:1: 'nodelay' is yes or no, not 'perhaps'
                    directions = to_dut  | window = wide                   | ape.ini:9:1:
                    directions = to_dut  | ttl = 999                       | ape.ini:9:1: 'ttl' needs a whole number from 1 to 255, not '999'
                    directions = to_dut  | time = %(none)s                 | ape.ini:9:1: there is no option 'none' to put in here
                    directions = to_dut  | `time = %(len)s\nlen = %(time)s` | options refer to each other in a circle
                    connection:adbshellssh | connection:adbssh             | ape.ini:5:1: unknown connection 'adbssh'
                    hostname:h           | hostnam:h                       | ape.ini:5:1: unknown key 'hostnam': did you mean 'hostname'?
                    tpc =                | tate =                          | ape.ini:7:1: the node 'tate' is in [NODES] already
                    """)
    void whatIsWrongHasItsPlace(String part, String instead, String complaint) {
        assertThat(complaints(SMALL.replace(part, instead.replace("\\n", "\n"))))
                .contains(complaint);
    }

    @Test
    void aDeviceThatMustNotBeTouchedOnlyReceives() throws Exception {
        String text =
                SMALL.replaceAll("tate = .*", "ipad = connection:dummy,test_address:10.0.0.9,operating_system:ios");
        String watched = text.replace("execute_test", "operation_setup = watchlogs\nexecute_test")
                + "[WATCHLOGS]\na = type:cpu\n";

        assertThat(imported(text).plan().cases())
                .extracting(it -> it.pair().direction())
                .containsExactly(NodeDirection.TO_NODE);
        assertThat(complaints(text.replace("to_dut", "from_dut")))
                .contains("node 'ipad' is manual and can only receive");
        assertThat(imported(watched).plan().fixtures().monitors()).isEmpty();
        assertThat(imported(watched).notes()).containsExactly("line 12: 'a' watches no node: none may be touched");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nodelay = yes       | [--no-delay]            | []
                    nodelay = False     | []                      | []
                    print_mss = 1       | []                      | [--print_mss]
                    compatibility = y   | []                      | [--compatibility]
                    ipv6version = true  | [--version6]            | []
                    protocol = udp      | [--udp]                 | []
                    num = 10M           | [--bytes=10M]           | []
                    mss = 1400          | [--set-mss=1400]        | []
                    time = 1.5 minutes  | [--time=90]             | []
                    length = 1470       | [--length=1470]         | []
                    ttl = 5             | []                      | [--ttl, 5]
                    reportstyle = c     | []                      | [--reportstyle, c]
                    """)
    void everyOptionOfIperf2CanBeSet(String line, String options, String iperf2) throws Exception {
        var settings =
                imported(SMALL + line + "\n").plan().cases().getFirst().spec().settings();

        assertThat(settings.options()).hasToString(options);
        assertThat(settings.iperf2().client()).hasToString(iperf2);
    }

    @ParameterizedTest
    @CsvSource({"daemon = True, true", "daemon = False, false", "daemon = off, false", "interval = 1, false"})
    void aServerIsDetachedOnlyIfItShallBe(String line, boolean isDaemon) throws Exception {
        var settings =
                imported(SMALL + line + "\n").plan().cases().getFirst().spec().settings();

        assertThat(settings.iperf2().daemon()).isEqualTo(isDaemon);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tradeoff = yes", "dualtest = 1"})
    void bothWaysOfIperf2AreTwoDirections(String line) throws Exception {
        ImportResult imported = imported(SMALL + line + "\nlistenport = 5002\n");

        assertThat(imported.plan().cases())
                .extracting(it -> it.pair().direction())
                .containsExactly(NodeDirection.TO_NODE, NodeDirection.FROM_NODE);
        assertThat(imported.plan().cases().getFirst().spec().settings().iperf2().client())
                .isEmpty();
        assertThat(imported.notes())
                .containsExactlyInAnyOrder(
                        "line 10: [IPERF]: '" + line.substring(0, 8) + "' is imported as both directions, one after the"
                                + " other: iperf 2 does not tell them apart; for both at once take iperf3 or Pitot"
                                + " with the option bidir",
                        "line 11: [IPERF]: 'listenport' is not imported: the lab sets it itself");
        assertThat(imported(SMALL + line.replaceAll("=.*", "= no\n")).notes()).isEmpty();
    }

    @Test
    void withoutATimeTheUsualOneHolds() throws Exception {
        var plan = imported(SMALL).plan();

        assertThat(plan.cases().getFirst().spec().settings().options()).isEmpty();
    }

    @Test
    void whatTheLabSetsOrDoesNotKnowIsNoted() throws Exception {
        String text = SMALL.replace("repeat = 1", "repeat = 1\nno_cleanup = True\ncolour = red")
                + "port = 5001\nbandwidth = 10M\nspeed = 1\nnum = 1M\ntime = 5\n";

        assertThat(imported(text).notes())
                .containsExactlyInAnyOrder(
                        "line 4: [TEST]: 'no_cleanup' is not imported: press Ctrl-C twice to end at once",
                        "line 5: [TEST]: 'colour' is not used",
                        "line 12: [IPERF]: 'port' is not imported: the lab sets it itself",
                        "line 13: [IPERF]: 'bandwidth' is for UDP, as in iperf 2: not used",
                        "line 14: [IPERF]: 'speed' is no option of iperf 2: not used",
                        "line 16: [IPERF]: 'num' ends the test: 'time' is not used");
    }

    @Test
    void listsAndRangesOfAnOptionAreSwept() throws Exception {
        Plan plan = imported(SMALL + "parallel = 1-3\nwindow = 64K, 256K\n").plan();

        assertThat(plan.cases()).hasSize(6);
        assertThat(plan.cases().get(1).spec().parameters().sweep())
                .containsExactly(entry("parallel", "1"), entry("window", "256K"));
    }

    @Test
    void defaultsAreInEverySection() throws Exception {
        Plan plan = imported("[DEFAULT]\ntime = 7\nunused: x\n" + SMALL).plan();

        assertThat(plan.cases().getFirst().spec().settings().options()).containsExactly("--time=7");
    }

    @Test
    void noMutationOfTheSampleCrashesTheReader() throws Exception {
        String sample = sample();
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            if (!complaints(SamplePlanTest.mutated(sample, random)).isEmpty()) {
                refused++;
            }
        }
        assertThat(refused).isBetween(40, 399);
    }

    private static ConnectionSettings.Ssh ssh(String host, String login) {
        return new ConnectionSettings.Ssh(host, login, 0, null, List.of());
    }

    private static String sample() throws IOException {
        try (InputStream in = Objects.requireNonNull(IniImportTest.class.getResourceAsStream("apetools.ini"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ImportResult imported(String text) throws PlanException {
        return IniImport.read("ape.ini", text, PlanTexts.FOLDERS);
    }

    private static String complaints(String text) {
        try {
            imported(text);
            return "";
        } catch (PlanException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
