package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Two ends and the path between them, in virtual time.
final class SimulatedWorld {
    /// Someone at one end.
    interface End {
        void receive(ByteBuffer datagram, long now);

        void flush(Wire wire, long now);

        long wakeAt();
    }

    /// Where an end puts its datagrams.
    interface Wire {
        void send(byte[] datagram);
    }

    /// What the path does, the same in both directions.
    ///
    /// @param jitterNanos what is added to the delay at most; more than the distance of two
    /// datagrams reorders them
    record Path(double loss, double duplication, long delayNanos, long jitterNanos) {
        static final Path PERFECT = new Path(0, 0, 1_000_000, 0);
    }

    private record InFlight(long at, long order, int to, ByteBuffer datagram) {}

    private static final int SPINS = 2_000;

    final List<List<byte[]>> sent = List.of(new ArrayList<>(), new ArrayList<>());
    boolean records;
    long now;

    private final Path path;
    private final Random random;
    private final List<End> ends;
    private final PriorityQueue<InFlight> flying =
            new PriorityQueue<>((a, b) -> a.at == b.at ? Long.compare(a.order, b.order) : Long.signum(a.at - b.at));
    private long order;
    private boolean cut;

    SimulatedWorld(Path path, long seed, long start, End first, End second) {
        this.path = path;
        this.random = new Random(seed);
        this.now = start;
        this.ends = List.of(first, second);
    }

    static End of(ProtocolConnection link) {
        return new End() {
            @Override
            public void receive(ByteBuffer datagram, long now) {
                link.receive(datagram, now);
            }

            @Override
            public void flush(Wire wire, long now) {
                link.flush(
                        datagram -> {
                            byte[] copy = new byte[datagram.remaining()];
                            datagram.get(copy);
                            wire.send(copy);
                            return true;
                        },
                        now);
            }

            @Override
            public long wakeAt() {
                return link.wakeAt();
            }
        };
    }

    /// From now on nothing arrives.
    void cut() {
        cut = true;
    }

    /// Lets time pass until something holds, or so many seconds are over.
    ///
    /// @return whether it holds
    boolean runUntil(double seconds, BooleanSupplier holds) {
        long end = now + (long) (seconds * 1e9);
        int spins = 0;
        while (!holds.getAsBoolean()) {
            flush(0);
            flush(1);
            if (holds.getAsBoolean()) {
                return true;
            }
            long next = end;
            for (End each : ends) {
                next = Deadlines.earlier(next, each.wakeAt());
            }
            if (!flying.isEmpty()) {
                next = Deadlines.earlier(next, flying.peek().at);
            }
            if (next - now > 0) {
                spins = 0;
                now = next;
            } else {
                assertThat(++spins).as("calls that come at the same time").isLessThan(SPINS);
            }
            if (now - end >= 0) {
                return holds.getAsBoolean();
            }
            while (!flying.isEmpty() && flying.peek().at - now <= 0) {
                InFlight arrived = flying.remove();
                ends.get(arrived.to).receive(arrived.datagram.duplicate(), now);
            }
        }
        return true;
    }

    void run(double seconds) {
        runUntil(seconds, () -> false);
    }

    private void flush(int from) {
        ends.get(from).flush(datagram -> put(from, datagram), now);
    }

    private void put(int from, byte[] datagram) {
        assertThat(datagram.length).isBetween(6, 1_400);
        if (records) {
            sent.get(from).add(datagram);
        }
        if (cut || random.nextDouble() < path.loss) {
            return;
        }
        fly(from, datagram);
        if (random.nextDouble() < path.duplication) {
            fly(from, datagram);
        }
    }

    private void fly(int from, byte[] datagram) {
        long jitter = path.jitterNanos == 0 ? 0 : random.nextLong(path.jitterNanos);
        flying.add(new InFlight(now + path.delayNanos + jitter, order++, 1 - from, ByteBuffer.wrap(datagram)));
    }
}
