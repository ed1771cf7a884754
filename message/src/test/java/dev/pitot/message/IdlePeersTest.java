package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.FakeLink.FakeNegotiation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
class IdlePeersTest {
    private static final int PEERS = 1000;
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final long MIB = 1024 * 1024;

    private final AtomicBoolean isOver = new AtomicBoolean();

    /// What a second of the server's work cost.
    ///
    /// @param cpuNanos empty where the system does not tell
    private record Cost(OptionalLong cpuNanos, long wallNanos) {}

    @Test
    @Timeout(180)
    void aThousandIdlePeersCostNearlyNothing() throws Exception {
        long before = usedBytes();
        var options = EndpointOptions.of(System::nanoTime);
        var dependencies = new Dependencies(FakeNegotiation.USUAL, MessageTypes.of(), Dependencies.SocketFactory.REAL);
        List<DatagramChannel> clients = new ArrayList<>();
        try (var server = new MessageServer(dependencies, options, new ServerLimits(PEERS, PEERS), new Journal())) {
            server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < PEERS; i++) {
                clients.add(connected(server));
            }
            assertThat(server.peers()).hasSize(PEERS);
            long memory = usedBytes() - before;

            var cost = new CompletableFuture<Cost>();
            Thread.ofPlatform().name("idle-server").start(() -> measure(server, cost));
            keepUp(clients);
            Cost reported = cost.get(30, TimeUnit.SECONDS);

            print("memory of 1000 peers and their clients: " + memory / 1024 + " KiB");
            assertThat(memory).isLessThan(64 * MIB);
            assertThat(server.peers()).hasSize(PEERS);
            if (reported.cpuNanos().isPresent()) {
                double share = (double) reported.cpuNanos().getAsLong() / reported.wallNanos();
                print("cpu for 1000 idle peers: " + 100 * share + " % of a core");
                assertThat(share).isLessThan(0.2);
            }
        } finally {
            for (DatagramChannel client : clients) {
                client.close();
            }
        }
    }

    /// The figures are for people: the bounds below them are generous.
    private static void print(String figure) {
        System.out.println("FIGURE " + figure);
    }

    private static DatagramChannel connected(MessageServer server) throws IOException {
        DatagramChannel client = DatagramChannel.open();
        client.configureBlocking(false);
        client.connect(server.localAddress());
        client.write(ByteBuffer.wrap(new byte[] {'H'}));
        var answer = ByteBuffer.allocate(10);
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (client.read(answer) == 0 && System.nanoTime() - until < 0) {
            server.update();
        }
        assertThat(answer.flip().get()).isEqualTo((byte) 'W');
        return client;
    }

    private void measure(MessageServer server, CompletableFuture<Cost> cost) {
        try {
            long begin = System.nanoTime();
            OptionalLong cpuBefore = cpuNanos();
            while (System.nanoTime() - begin < MEASURED.toNanos()) {
                server.await(Duration.ofMillis(100));
                while (server.update()) {
                    Thread.onSpinWait();
                }
            }
            OptionalLong cpuAfter = cpuNanos();
            cost.complete(new Cost(
                    cpuAfter.isPresent() && cpuBefore.isPresent()
                            ? OptionalLong.of(cpuAfter.getAsLong() - cpuBefore.getAsLong())
                            : OptionalLong.empty(),
                    System.nanoTime() - begin));
        } catch (IOException e) {
            cost.completeExceptionally(e);
        } finally {
            isOver.set(true);
        }
    }

    /// Each client says each second that it is still there.
    private void keepUp(List<DatagramChannel> clients) throws IOException, InterruptedException {
        var turn = new Semaphore(0); // nobody releases it: a pause that is no sleep
        while (!isOver.get()) {
            for (DatagramChannel client : clients) {
                client.write(ByteBuffer.wrap(new byte[] {'P'}));
            }
            boolean _ = turn.tryAcquire(1, TimeUnit.SECONDS);
        }
    }

    /// Of the calling thread, as Linux tells.
    private static OptionalLong cpuNanos() throws IOException {
        try {
            String reported = Files.readString(Path.of("/proc/thread-self/schedstat"));
            return OptionalLong.of(Long.parseLong(reported.substring(0, reported.indexOf(' '))));
        } catch (NoSuchFileException _) { // not Linux
            return OptionalLong.empty();
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
