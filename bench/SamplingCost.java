import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.ClientRun;
import dev.pitot.engine.Server;
import dev.pitot.engine.feed.Feed;
import dev.pitot.engine.feed.Overflow;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// What it costs to look at a test every 10 ms, and what a bad listener costs: throughput of a TCP test over loopback, each
/// kind in turn, as a ratio to a test that reports once. Nothing is asserted: let nothing else run on the machine.
///
///     java -cp 'cli/target/app/*' --enable-native-access=ALL-UNNAMED bench/SamplingCost.java [rounds] [seconds]
///
/// Prints for each kind the median rate, the ratio of each round to the silent test of the same round (median, lowest, highest),
/// and the events that were dropped.
public final class SamplingCost {
    private static final Duration OFTEN = Duration.ofMillis(10);

    private SamplingCost() {}

    private interface Kind {
        ClientBuilder on(ClientBuilder client);
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        var never = new CountDownLatch(1);
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("one report", client -> client.interval(Duration.ZERO));
        kinds.put("10 ms", client -> client.interval(OFTEN).listener(_ -> {}));
        kinds.put("10 ms, samples read", client -> client.interval(OFTEN).listener(read()));
        kinds.put("10 ms, blocks", client -> client.interval(OFTEN).listener(_ -> await(never)));
        kinds.put("10 ms, throws", client -> client.interval(OFTEN).listener(_ -> {
            throw new IllegalStateException("bench");
        }));
        kinds.put("10 ms, slow", client -> client.interval(OFTEN).listener(event -> {
            if (event instanceof TestEvent.IntervalDone) {
                LockSupport.parkNanos(50_000_000);
            }
        }));
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        Map<String, Long> dropped = new LinkedHashMap<>();
        try (Server server = Iperf.server().port(0).interval(Duration.ZERO).start()) {
            ClientBuilder base = Iperf.client("127.0.0.1").port(server.port());
            run(base.duration(Duration.ofSeconds(1)), new long[1]); // classes and caches
            for (int round = 0; round < rounds; round++) {
                for (var kind : kinds.entrySet()) {
                    long[] lost = new long[1];
                    double rate = run(kind.getValue().on(base.duration(Duration.ofSeconds(seconds))), lost);
                    rates.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>()).add(rate);
                    dropped.merge(kind.getKey(), lost[0], Long::sum);
                }
            }
        }
        List<Double> silent = rates.get("one report");
        System.out.printf("%-22s %10s %8s %8s %8s %8s%n", "listener", "Gbit/s", "ratio", "lowest", "highest", "dropped");
        rates.forEach((name, all) -> {
            double[] ratios = new double[all.size()];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = all.get(i) / silent.get(i);
            }
            Arrays.sort(ratios);
            double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            System.out.printf("%-22s %10.2f %8.3f %8.3f %8.3f %8d%n", name, sorted[sorted.length / 2] / 1e9,
                    ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1], dropped.get(name));
        });
        never.countDown();
        System.exit(0);
    }

    private static Feed<Sample> read() {
        Feed<Sample> feed = Feed.ofSamples(1000, Overflow.DROP_OLDEST);
        Thread.ofVirtual().start(() -> feed.forEach(_ -> {}));
        return feed;
    }

    private static double run(ClientBuilder client, long[] dropped) throws Exception {
        try (ClientRun run = client.start()) {
            Outcome outcome = run.outcome().get();
            dropped[0] = run.droppedEvents();
            return outcome.report().summary().directions().getFirst().received().bitsPerSecond();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
