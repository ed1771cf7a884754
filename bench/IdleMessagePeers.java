import dev.pitot.message.EndpointOptions;
import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.ServerLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// What connected clients cost a server that says nothing: processor time of its thread (Linux), and the heap of the process with
/// all the clients in it, too.
///
///     java -cp model/target/classes:message/target/classes bench/IdleMessagePeers.java [peers] [seconds]
public final class IdleMessagePeers {
    private static final double NANOS = 1e9;
    private static final double MIB = 1 << 20;

    private IdleMessagePeers() {}

    public static void main(String[] args) throws Exception {
        int peers = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        for (ProtocolMode dialect : List.of(ProtocolMode.EXTENDED, ProtocolMode.LEGUME)) {
            measure(dialect, peers, seconds);
        }
    }

    private static void measure(ProtocolMode dialect, int peers, int seconds) throws Exception {
        EndpointOptions options =
                EndpointOptions.DEFAULT.withProtocol(ProtocolOptions.DEFAULT.with(dialect));
        long before = usedBytes();
        var clients = new ArrayList<MessageClient>();
        var isOver = new AtomicBoolean();
        var cpu = new double[1];
        var isAsked = new AtomicBoolean();
        try (var server =
                MessageServer.builder(MessageTypes.of()).options(options).limits(new ServerLimits(peers, peers)).build()) {
            server.listen(0);
            Thread serving = Thread.ofPlatform().start(() -> {
                while (!isOver.get()) {
                    server.await(Duration.ofMillis(100));
                    while (server.update()) {
                        Thread.onSpinWait();
                    }
                    if (isAsked.getAndSet(false)) {
                        cpu[0] = cpuSeconds();
                    }
                }
            });
            int port = server.localAddress().getPort();
            for (int i = 0; i < peers; i++) {
                var client = MessageClient.builder(MessageTypes.of()).options(options).build();
                client.connect("127.0.0.1", port);
                clients.add(client);
                while (!client.isConnected()) {
                    client.update();
                }
            }
            keepUp(clients, 2);
            isAsked.set(true);
            keepUp(clients, 1);
            double cpuBefore = cpu[0];
            long start = System.nanoTime();
            keepUp(clients, seconds);
            isAsked.set(true);
            keepUp(clients, 1);
            double share = (cpu[0] - cpuBefore) / ((System.nanoTime() - start) / NANOS);
            long used = usedBytes() - before;
            System.out.printf(
                    "%s: %d peers, %.2f %% of a core, %.1f MiB of heap with all clients, %d still connected%n",
                    dialect, server.peers().size(), 100 * share, used / MIB, clients.stream()
                            .filter(MessageClient::isConnected)
                            .count());
            isOver.set(true);
            serving.join();
        } finally {
            clients.forEach(MessageClient::close);
        }
    }

    private static void keepUp(List<MessageClient> clients, int seconds) {
        long end = System.nanoTime() + (long) (seconds * NANOS);
        while (System.nanoTime() < end) {
            clients.forEach(MessageClient::update);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static double cpuSeconds() {
        try {
            String told = Files.readString(Path.of("/proc/thread-self/schedstat"));
            return Long.parseLong(told.substring(0, told.indexOf(' '))) / NANOS;
        } catch (java.io.IOException e) {
            return Double.NaN;
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
