package dev.pitot.checks.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Bottleneck;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Iperf3;
import dev.pitot.testkit.NamespacePath;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import dev.pitot.testkit.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// One fault of a path or an end per finding that can be made in network namespaces: the finding comes first.
/// Paths without a fault have no finding.
@Needs({Tool.IPERF3, Tool.NAMESPACES})
@Timeout(120)
@Tag("slow")
class FindingCasesTest {
    private static final int PORT = 5201;
    private static final String PROCESSORS = "processors"; // the resource that a busy core needs alone
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Pattern FOUND =
            Pattern.compile("\"findings\":\\s*\\[(.*?)\\],\\s*\"not_testable\"", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("\"id\":\\s*\"(\\w+)\"");

    enum Fault {
        SMALL_RECEIVE_BUFFER("receiver_window", false, "-t", "3", "-C", "cubic") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.slow(NamespaceSide.SERVER, LINE);
                path.set(NamespaceSide.SERVER, "net.ipv4.tcp_rmem", "4096 8192 8192");
            }
        },
        SMALL_SEND_BUFFER("sender_buffer", false, "-t", "3", "-C", "cubic") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.slow(NamespaceSide.CLIENT, ACKNOWLEDGEMENTS); // a long round trip that no queue of data causes
                path.set(NamespaceSide.CLIENT, "net.ipv4.tcp_wmem", "4096 32768 32768");
            }
        },
        BUSY_CORE("sender_cpu", true, "-t", "3", "-C", "cubic") {
            @Override
            void make(NamespacePath path) {}
        },
        POLICER("policer", false, "-t", "8", "-C", "cubic") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.police(NamespaceSide.SERVER, 20_000_000, 60_000);
            }
        },
        RANDOM_LOSS("random_loss", false, "-t", "5", "-C", "cubic", "-b", "20M") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.dropRandomly(NamespaceSide.SERVER, 0.02);
            }
        },
        LONG_QUEUE("bufferbloat", false, "-t", "5", "-C", "cubic") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.slow(NamespaceSide.SERVER, LINE);
            }
        },
        SHORT_QUEUE("congestion_loss", false, "-t", "5", "-C", "cubic") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.slow(NamespaceSide.SERVER, Bottleneck.of(20_000_000, Duration.ofMillis(6)));
            }
        },
        LARGE_PACKETS_VANISH("mtu_black_hole", false, "-t", "4") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.dropLargerThan(NamespaceSide.SERVER, 1000);
            }
        },
        SMALL_UDP_BUFFER("udp_receiver_buffer", true, "-t", "3", "-u", "-R", "-b", "100M", "-w", "8K") {
            @Override
            void make(NamespacePath path) {}
        },
        UDP_LOSS("udp_path_loss", false, "-t", "3", "-u", "-b", "10M") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.dropRandomly(NamespaceSide.SERVER, 0.02);
            }
        },
        OWN_QUEUE("own_queue", false, "-t", "4", "-C", "cubic", "-P", "4") {
            @Override
            void make(NamespacePath path) throws Exception {
                path.slowInterface(NamespaceSide.CLIENT, Bottleneck.of(4_000_000, Duration.ofMillis(200)));
            }
        },
        KERNEL_PACING("pacing_limit", false, "-t", "3", "-b", "50M", "--fq-rate", "10M") {
            @Override
            void make(NamespacePath path) {}
        };

        private static final Bottleneck LINE = Bottleneck.of(20_000_000, Duration.ofMillis(150));
        private static final Bottleneck ACKNOWLEDGEMENTS = Bottleneck.of(300_000, Duration.ofSeconds(2));
        private final String id;
        private final boolean isCrowded;
        private final String arguments; // an enum holds nothing that can be changed

        Fault(String id, boolean isCrowded, String... arguments) {
            this.id = id;
            this.isCrowded = isCrowded;
            this.arguments = String.join(" ", arguments);
        }

        abstract void make(NamespacePath path) throws Exception;
    }

    enum Clean {
        PACED("-t", "3", "-b", "10M"),
        PACED_REVERSE("-t", "3", "-b", "10M", "-R"),
        PACED_STREAMS("-t", "3", "-b", "5M", "-P", "4"),
        PACED_BOTH_WAYS("-t", "3", "-b", "5M", "--bidir"),
        DATAGRAMS("-t", "3", "-u", "-b", "5M"),
        FEW_BYTES("-n", "200K");

        private final String arguments; // an enum holds nothing that can be changed

        Clean(String... arguments) {
            this.arguments = String.join(" ", arguments);
        }
    }

    static Stream<Fault> pathFaults() {
        return Stream.of(Fault.values()).filter(fault -> !fault.isCrowded);
    }

    static Stream<Fault> busyCores() {
        return Stream.of(Fault.values()).filter(fault -> fault.isCrowded);
    }

    @ParameterizedTest
    @MethodSource("pathFaults")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void aFaultIsFoundFirst(Fault fault) throws Exception {
        assertIsFoundFirst(fault);
    }

    /// Alone: beside other tests, which take the second core, the far end is the limit instead. Other programs could
    /// take it too, so the far end goes before them.
    @ParameterizedTest
    @ResourceLock(PROCESSORS)
    @MethodSource("busyCores")
    void aBusyCoreIsFoundFirst(Fault fault) throws Exception {
        assertIsFoundFirst(fault);
    }

    /// Other programs on a busy machine can be the limit instead, such as of the receiver: one of three tests has
    /// to find the fault.
    private static void assertIsFoundFirst(Fault fault) throws Exception {
        String json = withFault(fault);
        for (int again = 0; again < 2 && !isFirst(fault, json); again++) {
            json = withFault(fault);
        }

        assertThat(ids(json)).as(own(json)).startsWith(fault.id);
    }

    private static boolean isFirst(Fault fault, String json) {
        return ids(json).stream().findFirst().filter(fault.id::equals).isPresent();
    }

    private static String withFault(Fault fault) throws Exception {
        try (var path = NamespacePath.create()) {
            fault.make(path);
            return run(path, List.of(fault.arguments.split(" ")), fault.isCrowded);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void aCleanPathHasNoFinding(Clean clean) throws Exception {
        try (var path = NamespacePath.create()) {
            path.keepOrder();

            String json = run(path, List.of(clean.arguments.split(" ")), false);

            assertThat(ids(json)).as(own(json)).isEmpty();
        }
    }

    private static String run(NamespacePath path, List<String> arguments, boolean isCrowded) throws Exception {
        List<String> words = new ArrayList<>(
                PitotProcess.command("-c", path.address(NamespaceSide.SERVER), "-p", Integer.toString(PORT), "-J"));
        words.addAll(arguments);
        List<String> server = new ArrayList<>(isCrowded ? List.of("nice", "-n", "-15") : List.of());
        server.addAll(Iperf3.command("-s", "-1", "-p", Integer.toString(PORT)));
        try (ServerProcess _ = path.server(PORT, server);
                ChildProcess client = isCrowded
                        ? path.startCrowded(NamespaceSide.CLIENT, words, 6, AT_MOST)
                        : path.start(NamespaceSide.CLIENT, words)) {
            return client.awaitExit().stdout();
        }
    }

    /// Pitot's own part at the end of the document.
    private static String own(String json) {
        return json.substring(Math.max(0, json.lastIndexOf("\"pitot\"")));
    }

    private static List<String> ids(String json) {
        var found = FOUND.matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return ID.matcher(found.group(1)).results().map(match -> match.group(1)).toList();
    }
}
