package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.testkit.Bottleneck.Shaper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Needs({Tool.NAMESPACES, Tool.PING})
@Timeout(120)
class NamespacePathTest {
    private static final NamespaceSide CLIENT = NamespaceSide.CLIENT;
    private static final NamespaceSide SERVER = NamespaceSide.SERVER;

    /// Datagrams above the rate keep the buffer full: what a ping then takes longer is the buffer. It is
    /// so long that a sender that has no processor for a moment does not empty it.
    @ParameterizedTest
    @CsvSource({"TBF, SERVER, -t", "HTB, CLIENT, -Rt"})
    @Needs(Tool.IPERF3)
    void aFullBufferDelaysByItsLength(Shaper shaper, NamespaceSide towards, String option) throws Exception {
        var line = new Bottleneck(shaper, 1_000_000, Duration.ofSeconds(1));
        try (var path = NamespacePath.create()) {
            path.slow(towards, line);
            double idle = ping(path, 64).getFirst();
            QueueHistory full;
            List<Double> pings;
            try (var server = path.server(5201, Iperf3.command("-s", "-1"));
                    var queue = path.queue(towards);
                    var load = path.start(
                            CLIENT,
                            Iperf3.command("-c", path.address(SERVER), "-u", "-b", "5M", "-l", "1000", option, "30"))) {
                awaitFull(queue, line);
                long start = System.nanoTime();
                pings = ping(path, 64);
                full = queue.history().between(start, System.nanoTime());
                assertThat(load.isRunning() && server.process().isRunning()).isTrue();
            }

            double truth = line.delayOf(full.backlog(0.5)).toNanos() / 1e6;
            assertThat(truth).isCloseTo(1000, within(40.0)); // a datagram of 1042 bytes is 8 ms
            assertThat(pings.get(pings.size() / 2) - idle).isCloseTo(truth, within(40.0));
            assertThat(full.bitsPerSecond()).isCloseTo(1e6, within(0.05e6));
        }
    }

    @Test
    @Needs(Tool.IPERF3)
    void packetsOfTcpKeepTheirSize() throws Exception {
        try (var path = NamespacePath.create()) {
            path.slow(SERVER, new Bottleneck(Shaper.HTB, 50_000_000, Duration.ofMillis(50)));
            try (var server = path.server(5201, Iperf3.command("-s", "-1"));
                    var queue = path.queue(SERVER);
                    var client =
                            path.start(CLIENT, Iperf3.command("-c", path.address(SERVER), "-C", "cubic", "-n", "3M"))) {
                assertThat(client.awaitExit().code()).isZero();
                assertThat(server.process().awaitExit().code()).isZero();

                // The kernel changes the two counts one after the other: they may be of one packet more and less.
                assertThat(queue.history().loaded().readings())
                        .isNotEmpty()
                        .allMatch(reading -> reading.backlogBytes() <= 1514L * (reading.backlogPackets() + 1));
            }
        }
    }

    @Test
    void dropsWhatItIsToldInOneDirection() throws Exception {
        try (var path = NamespacePath.create()) {
            path.dropLargerThan(SERVER, 1000);

            assertThat(lost(path, 20, 972)).isZero(); // with headers of IP and ICMP: 1000
            assertThat(lost(path, 20, 973)).isEqualTo(20);
            assertThat(path.dropped(SERVER)).isEqualTo(20);
            assertThat(path.dropped(CLIENT)).isZero();

            path.dropNothing();
            path.dropRandomly(CLIENT, 0.5);
            assertThat(lost(path, 100, 1400)).isBetween(20L, 80L);
            assertThat(path.dropped(CLIENT)).isBetween(20L, 80L);

            path.dropNothing();
            path.police(SERVER, 800, 5000);
            assertThat(lost(path, 20, 972)).isBetween(14L, 15L); // 5 packets at once, then one in ten seconds
        }
    }

    @Test
    void parametersAndQueuesOfOneSide() throws Exception {
        try (var path = NamespacePath.create()) {
            path.set(CLIENT, "net.ipv4.tcp_wmem", "4096 8192 8192");
            path.slowInterface(CLIENT, Bottleneck.of(10_000_000, Duration.ofMillis(5)));

            assertThat(shell(path, CLIENT, "cat /proc/sys/net/ipv4/tcp_wmem; tc qdisc show"))
                    .containsPattern("4096\\s+8192\\s+8192")
                    .contains("tbf");
            assertThat(shell(path, SERVER, "cat /proc/sys/net/ipv4/tcp_wmem; tc qdisc show"))
                    .doesNotContainPattern("4096\\s+8192\\s+8192")
                    .doesNotContain("tbf");
            try (var queue = path.interfaceQueue(CLIENT)) {
                Awaiter.await(() -> queue.history().readings().size() > 2);
            }
        }
    }

    @Test
    void oneProcessorReceivesAllPackets() throws Exception {
        try (var path = NamespacePath.create()) {
            path.keepOrder();

            assertThat(shell(path, SERVER, "cat /sys/class/net/server0/queues/rx-0/rps_cpus"))
                    .containsPattern("[1248]0*\\s*$");
        }
    }

    @Test
    void aCrowdedProgramSharesItsProcessor() throws Exception {
        try (var path = NamespacePath.create();
                var crowded = path.startCrowded(
                        CLIENT,
                        List.of("sh", "-c", "cat /proc/self/status; ps -o cmd --ppid $PPID; exit 3"),
                        2,
                        Duration.ofSeconds(20))) {
            ChildProcess.Exit exit = crowded.awaitExit();

            assertThat(exit.code()).isEqualTo(3);
            assertThat(exit.stdout())
                    .containsPattern("Cpus_allowed_list:\\s+0\n")
                    .containsPattern("(?s)(timeout 20.*){2}");
        }
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        NamespacePath.create().close();

        try (Stream<Path> left = Files.list(Path.of("/run/netns"))) {
            assertThat(left)
                    .noneMatch(file -> file.getFileName()
                            .toString()
                            .startsWith("pitot-" + ProcessHandle.current().pid() + "-"));
        }
    }

    @Test
    void readsTheRootQueueOfSeveral() {
        QueueHistory.Reading reading = QueueReader.reading("""
                [{"kind":"htb","handle":"1:","root":true,"refcnt":3,"options":{"r2q":10},"bytes":70,"packets":1,\
                "drops":2,"overlimits":3,"requeues":0,"backlog":1514,"qlen":1},{"kind":"bfifo","handle":"10:",\
                "parent":"1:1","options":{"limit":9},"bytes":1,"packets":1,"drops":1,"backlog":1,"qlen":1}]""");

        assertThat(reading.backlogBytes()).isEqualTo(1514);
        assertThat(reading.backlogPackets()).isEqualTo(1);
        assertThat(reading.sentBytes()).isEqualTo(70);
        assertThat(reading.drops()).isEqualTo(2);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> QueueReader.reading("Cannot find device"))
                .withMessageContaining("Cannot find device");
    }

    @Test
    void aBottleneckNeedsRoomForOnePacket() {
        assertThat(Bottleneck.of(10_000_000, Duration.ofMillis(50)).bufferBytes())
                .isEqualTo(62_500);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Bottleneck.of(10_000_000, Duration.ofMillis(1)));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Bottleneck.of(1, Duration.ofMillis(1)));
    }

    private static void awaitFull(QueueReader queue, Bottleneck line) {
        Awaiter.await(() -> {
            List<QueueHistory.Reading> readings = queue.history().readings();
            return !readings.isEmpty() && readings.getLast().backlogBytes() > line.bufferBytes() - 1514;
        });
    }

    /// Round trips of 40 pings in milliseconds, in ascending order.
    private static List<Double> ping(NamespacePath path, int bytes) throws IOException, InterruptedException {
        Matcher matcher = Pattern.compile("time=([0-9.]+) ms").matcher(pinged(path, 40, bytes));
        List<Double> times = matcher.results()
                .map(found -> Double.valueOf(found.group(1)))
                .sorted()
                .toList();
        assertThat(times).isNotEmpty();
        return times;
    }

    private static long lost(NamespacePath path, int count, int bytes) throws IOException, InterruptedException {
        return count
                - pinged(path, count, bytes)
                        .lines()
                        .filter(line -> line.contains("time="))
                        .count();
    }

    private static String pinged(NamespacePath path, int count, int bytes) throws IOException, InterruptedException {
        return shell(path, CLIENT, "ping -n -i 0.02 -c %d -W 3 -s %d %s".formatted(count, bytes, path.address(SERVER)));
    }

    private static String shell(NamespacePath path, NamespaceSide side, String script)
            throws IOException, InterruptedException {
        try (var process = path.start(side, List.of("sh", "-c", script))) {
            return process.awaitExit().stdout();
        }
    }
}
