package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.testkit.Bottleneck;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.NamespacePath;
import dev.pitot.testkit.NamespaceSide;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.QueueHistory;
import dev.pitot.testkit.QueueReader;
import dev.pitot.testkit.Tool;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Acknowledgement times against a queue whose length is read while it fills.
@Needs(Tool.NAMESPACES)
@Timeout(120)
class WriteTimesOnPathTest {
    private static final Bottleneck LINE = Bottleneck.of(50_000_000, Duration.ofMillis(50));
    private static final int PORT = 5201;
    private static final long SLOW_START_NANOS = TimeUnit.SECONDS.toNanos(2);

    /// Sends for seconds and prints what was recorded, or receives until the end.
    static final class Program {
        private static final WaitPolicy PLENTY = () -> WaitPolicy.MAX_SLICE_MILLIS;
        private static final int BLOCK_BYTES = 16 * 1024;
        private static final long LENGTH_NANOS = TimeUnit.SECONDS.toNanos(4);
        private static final SocketFamily FAMILY = SocketFamilies.linux();

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            var address = new InetSocketAddress(InetAddress.ofLiteral(arguments[1]), PORT);
            if (arguments[0].equals("send")) {
                send(address);
            } else {
                receive(address);
            }
        }

        private static void receive(InetSocketAddress local) throws IOException {
            try (TcpListener listener = FAMILY.listen(local, ListenSetup.DEFAULT);
                    TcpConnection connection = listener.accept(PLENTY)) {
                ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
                while (connection.receive(block.clear()) >= 0) {}
            }
        }

        @SuppressWarnings("SystemOut") // a separate program
        private static void send(InetSocketAddress remote) throws Exception {
            var socket = new SocketSettings(0, 0, false, 0, "cubic");
            var settings = new StreamSettings(
                    1, BLOCK_BYTES, Pacing.NONE, socket, PayloadSettings.DEFAULT, DatagramSettings.DEFAULT);
            var setup = new TcpSetup(null, null, socket, TcpSetup.Liveness.DEFAULT, Pacing.NONE, Transport.TCP);
            try (TcpConnection connection = FAMILY.connect(remote, setup, PLENTY)) {
                var quota = new SendQuota();
                quota.arm(Long.MAX_VALUE);
                var sender = new TcpSender(
                        connection,
                        settings,
                        new TcpSender.Amount(quota, TcpSender.AtLimit.STOP),
                        System::nanoTime,
                        ByteBuffer.allocateDirect(BLOCK_BYTES),
                        new TcpSender.Source(null, null));
                Thread watch = Thread.ofPlatform().daemon().start(() -> end(sender));
                sender.transfer(System.nanoTime());
                watch.join();
                WriteTimes times = Objects.requireNonNull(sender.writeTimes());
                print(times.acknowledged());
                print(times.localQueue());
                System.out.println(times.requests() + " " + times.lost());
            }
        }

        private static void end(TcpSender sender) {
            pause(SLOW_START_NANOS);
            sender.startCounting();
            pause(LENGTH_NANOS);
            sender.stop();
        }

        private static void pause(long nanos) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        @SuppressWarnings("SystemOut")
        private static void print(@Nullable RoundTripStatistics statistics) {
            System.out.println(Objects.requireNonNull(statistics).percentiles().p50());
        }
    }

    /// Milliseconds in the middle of all samples, and of the queue.
    private record Medians(double acknowledged, double ownQueue, double queue) {}

    @Test
    void aQueueOnThePathIsInTheAcknowledgementTimeAlone() throws Exception {
        try (var path = NamespacePath.create()) {
            path.slow(NamespaceSide.SERVER, LINE);
            Medians medians;
            try (QueueReader queue = path.queue(NamespaceSide.SERVER)) {
                medians = measure(path, queue);
            }

            assertThat(medians.queue).isGreaterThan(20);
            assertThat(medians.acknowledged).isCloseTo(medians.queue, within(Math.max(2, 0.1 * medians.queue)));
            assertThat(medians.ownQueue).isLessThan(0.1 * medians.queue);
        }
    }

    @Test
    void theOwnQueueIsInBoth() throws Exception {
        try (var path = NamespacePath.create()) {
            path.slowInterface(NamespaceSide.CLIENT, LINE);
            Medians medians;
            try (QueueReader queue = path.interfaceQueue(NamespaceSide.CLIENT)) {
                medians = measure(path, queue);
            }

            assertThat(medians.ownQueue).isCloseTo(medians.queue, within(Math.max(2, 0.1 * medians.queue)));
            assertThat(medians.acknowledged).isGreaterThanOrEqualTo(medians.ownQueue);
        }
    }

    private static Medians measure(NamespacePath path, QueueReader queue) throws Exception {
        String server = path.address(NamespaceSide.SERVER);
        try (var receiver = path.server(PORT, command("receive", server));
                ChildProcess sender = path.start(NamespaceSide.CLIENT, command("send", server))) {
            ChildProcess.Exit exit = sender.awaitExit();
            assertThat(exit.code()).as(exit.stderr()).isZero();
            List<String> lines = exit.stdout().lines().toList();
            QueueHistory loaded = queue.history().loaded().after(SLOW_START_NANOS);
            Duration median = LINE.delayOf(loaded.backlog(0.5));
            assertThat(receiver.process().awaitExit().code()).isZero();
            return new Medians(millis(lines.get(0)), millis(lines.get(1)), median.toNanos() / 1e6);
        }
    }

    private static double millis(String micros) {
        return Double.parseDouble(micros) / 1000;
    }

    private static List<String> command(String mode, String address) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .filter(entries -> !entries.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                Program.class.getName(),
                mode,
                address);
    }
}
