package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Fifty clients and five servers in one process; half of the clients are cancelled at random times.
@EnabledOnOs(OS.LINUX) // descriptors are counted in /proc
class ManyRunsTest {
    private static final int SERVERS = 5;
    private static final int CLIENTS = 50;
    private static final long SEED = 4;
    private static final Duration LENGTH = Duration.ofMillis(1500);

    private static final List<Direction> DIRECTIONS = List.of(Direction.values());

    private record Client(ClientRun run, List<TestEvent> events, boolean isCancelled, long cancelAfterMillis) {}

    @Test
    @Timeout(180)
    void eachEndsWithItsOutcomeAndNothingIsLeft() throws Exception {
        warmUp();
        long socketsBefore = sockets();
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(Iperf.server().port(0).start());
        }
        List<Client> clients = startClients(servers);
        long startNanos = System.nanoTime();
        List<Client> toCancel = clients.stream().filter(Client::isCancelled).toList();
        for (Client client : toCancel) {
            awaitMillis(startNanos, client.cancelAfterMillis);
            client.run.cancel("test");
        }

        for (Client client : clients) {
            Outcome outcome = client.run.await();
            checkOutcome(client, outcome);
            checkEvents(client.events, outcome);
        }
        clients.forEach(client -> client.run.close());
        servers.forEach(Server::close);

        long endNanos = System.nanoTime();
        while ((sockets() > socketsBefore || ourThreads() > 0) && System.nanoTime() - endNanos < 10_000_000_000L) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(sockets()).isLessThanOrEqualTo(socketsBefore); // another class may have left one to the collector
        assertThat(ourThreads()).isZero();
    }

    private static void warmUp() throws Exception {
        try (Server server = Iperf.server().port(0).start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .duration(Duration.ofMillis(100))
                    .run();
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        }
    }

    private static List<Client> startClients(List<Server> servers) {
        var random = new SplittableRandom(SEED);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            List<TestEvent> events = new CopyOnWriteArrayList<>();
            ClientRun run = Iperf.client("127.0.0.1")
                    .port(servers.get(i % SERVERS).port())
                    .protocol(i % 3 == 0 ? Protocol.UDP : Protocol.TCP)
                    .direction(DIRECTIONS.get(i % DIRECTIONS.size()))
                    .bitrate(new Bitrate(1_000_000))
                    .blockBytes(1_000)
                    .duration(LENGTH)
                    .interval(Duration.ofMillis(100))
                    .listener(events::add)
                    .start();
            clients.add(new Client(run, events, i % 2 == 0, 50L * (i / 2) + random.nextInt(40)));
        }
        return clients;
    }

    private static void awaitMillis(long startNanos, long millis) {
        long due = startNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        while (due - System.nanoTime() > 0) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private static void checkOutcome(Client client, Outcome outcome) {
        if (client.isCancelled) {
            assertThat(outcome.ending()).isIn(new Ending.Cancelled("test"), new Ending.Completed());
        } else {
            assertThat(outcome.ending()).isEqualTo(new Ending.Completed());
        }
        boolean hasStarted = client.events.stream().anyMatch(TestEvent.Started.class::isInstance);
        if (hasStarted) {
            assertThat(outcome.report().summary()).isNotNull();
        }
    }

    private static void checkEvents(List<TestEvent> events, Outcome outcome) {
        List<TestEvent> ordered = events.stream()
                .filter(event -> !(event instanceof TestEvent.Note))
                .toList();
        assertThat(ordered.stream().map(ManyRunsTest::rank).toList()).isSorted();
        assertThat(ordered.getLast()).isEqualTo(new TestEvent.Finished(outcome));
        assertThat(ordered.stream().filter(event -> rank(event) != 3).distinct().count())
                .isEqualTo(ordered.stream().filter(event -> rank(event) != 3).count());
        long before = 0;
        for (TestEvent event : ordered) {
            if (event instanceof TestEvent.IntervalDone(Interval interval)) {
                assertThat(interval.sums().getFirst().span().startNanos()).isEqualTo(before);
                before = interval.sums().getFirst().span().endNanos();
            }
        }
    }

    private static int rank(TestEvent event) {
        return switch (event) {
            case TestEvent.ParametersAgreed _ -> 0;
            case TestEvent.StreamsConnected _ -> 1;
            case TestEvent.Started _ -> 2;
            case TestEvent.IntervalDone _ -> 3;
            case TestEvent.SummaryReady _ -> 4;
            case TestEvent.Finished _ -> 5;
            case TestEvent.Note _ -> throw new IllegalArgumentException("a note has no place");
        };
    }

    private static long sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(ManyRunsTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException _) { // closed since it was listed
            return false;
        }
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pitot-"))
                .count();
    }
}
