package dev.pitot.testkit.simulate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One direction of a network, in whatever time its caller tells: it takes datagrams, and gives
/// them back when their time has come, if ever. No sockets, no threads, no clock; one thread at a
/// time. The times are nanoseconds of one monotonic clock, never going back.
public final class SimulatedPath {
    /// What may be on the way at once; more is lost, so that nobody's memory ends.
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final int BLOCK_BYTES = 2048;
    private static final int KEPT_BLOCKS = 1024;
    private static final int MOST_BITS = 3;

    private final Impairment impairment;
    private final SplittableRandom random;
    private final PriorityQueue<DatagramInFlight> flights = new PriorityQueue<>();
    private final ArrayDeque<DatagramInFlight> spare = new ArrayDeque<>();
    private final PathCounters counters = new PathCounters();
    private long bytesOnTheWay;
    private long lastTicket;
    private boolean isBad;
    private long begin;
    private boolean hasBegun;
    private long lineFreeAt;
    private long lastArrival = Long.MIN_VALUE;

    public SimulatedPath(Impairment impairment) {
        this.impairment = impairment;
        random = new SplittableRandom(impairment.seed());
    }

    /// Where datagrams come out.
    @FunctionalInterface
    public interface Output {
        /// A datagram arrives.
        ///
        /// @param datagram from position to limit, only until this returns
        void arrive(ByteBuffer datagram);
    }

    /// Puts a datagram on its way; its bytes are copied.
    ///
    /// @param datagram from position to limit, which stay
    public void send(ByteBuffer datagram, long now) {
        long time = sinceBegin(now);
        counters.entered++;
        boolean isLost = isLost();
        boolean isTwin = random.nextDouble() < impairment.faults().duplicated();
        boolean isHeldBack = random.nextDouble() < impairment.timing().heldBack();
        long jitter = (long) (random.nextDouble() * impairment.timing().jitter().toNanos());
        if (isLost) {
            counters.lost++;
            return;
        }
        long departure = throughBottleneck(datagram.remaining(), time);
        if (departure < 0 || bytesOnTheWay + 2L * datagram.remaining() > MOST_BYTES) {
            counters.overflowed++;
            return;
        }
        long arrival = departure + impairment.timing().delay().toNanos() + jitter;
        if (isHeldBack) {
            counters.heldBack++;
            arrival += impairment.timing().holdBack().toNanos();
        } else {
            arrival = Math.max(arrival, lastArrival);
            lastArrival = arrival;
        }
        takeOff(datagram, arrival);
        if (isTwin) {
            counters.duplicated++;
            takeOff(datagram, arrival);
        }
    }

    /// When the next datagram arrives; [Long#MAX_VALUE] if none is on the way.
    public long nextAt() {
        DatagramInFlight next = flights.peek();
        return next == null ? Long.MAX_VALUE : begin + next.arrival;
    }

    /// Delivers what has arrived by now, in the order of arrival. The exit may send on this path.
    ///
    /// @return how many datagrams that were
    public int deliver(long now, Output output) {
        long time = sinceBegin(now);
        int delivered = 0;
        for (DatagramInFlight next = flights.peek(); next != null && next.arrival <= time; next = flights.peek()) {
            flights.remove();
            bytesOnTheWay -= next.length;
            counters.left++;
            delivered++;
            output.arrive(next.datagram());
            if (spare.size() < KEPT_BLOCKS) {
                spare.push(next);
            }
        }
        return delivered;
    }

    /// What it has done until now.
    public PathCounts counts() {
        return counters.counts(flights.size());
    }

    /// Relative times do not overflow, whatever the clock shows.
    private long sinceBegin(long now) {
        if (!hasBegun) {
            hasBegun = true;
            begin = now;
        }
        return now - begin;
    }

    private boolean isLost() {
        return switch (impairment.loss()) {
            case LossModel.None _ -> false;
            case LossModel.Independent(double probability) -> random.nextDouble() < probability;
            case LossModel.Burst burst -> {
                double change = random.nextDouble();
                isBad = isBad ? change >= burst.recover() : change < burst.worsen();
                yield random.nextDouble() < (isBad ? burst.whileBad() : burst.whileGood());
            }
        };
    }

    /// When the last bit has left the bottleneck; negative if the queue has no room.
    private long throughBottleneck(int bytes, long time) {
        RateLimit rate = impairment.rate();
        if (rate == null) {
            return time;
        }
        long busyFor = Math.max(0, lineFreeAt - time);
        if (rate.bytesIn(busyFor) + bytes > rate.queueBytes()) {
            return -1;
        }
        lineFreeAt = time + busyFor + rate.nanosFor(bytes);
        return lineFreeAt;
    }

    private void takeOff(ByteBuffer datagram, long arrival) {
        DatagramInFlight flight = spare.isEmpty() ? new DatagramInFlight() : spare.pop();
        flight.load(datagram, arrival, lastTicket++);
        if (random.nextDouble() < impairment.faults().corrupted()) {
            flight.corrupt(random);
            counters.corrupted++;
        }
        bytesOnTheWay += flight.length;
        flights.add(flight);
    }

    /// A datagram on its way.
    private static final class DatagramInFlight implements Comparable<DatagramInFlight> {
        private byte[] bytes = new byte[BLOCK_BYTES];
        private @Nullable ByteBuffer view;
        private int length;
        private long arrival;
        private long ticket;

        void load(ByteBuffer datagram, long at, long number) {
            length = datagram.remaining();
            if (length > bytes.length) {
                bytes = new byte[length];
                view = null;
            }
            datagram.get(datagram.position(), bytes, 0, length);
            arrival = at;
            ticket = number;
        }

        void corrupt(SplittableRandom random) {
            if (length == 0) {
                return;
            }
            int bits = 1 + random.nextInt(MOST_BITS);
            int first = random.nextInt(length * Byte.SIZE);
            for (int i = 0; i < bits; i++) { // different ones, or two might undo each other
                int bit = (int) ((first + (long) i * (1 + length)) % ((long) length * Byte.SIZE));
                bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            }
        }

        ByteBuffer datagram() {
            ByteBuffer whole = view;
            if (whole == null) {
                whole = ByteBuffer.wrap(bytes);
                view = whole;
            }
            return whole.clear().limit(length);
        }

        @Override
        public int compareTo(DatagramInFlight other) {
            int order = Long.compare(arrival, other.arrival);
            return order == 0 ? Long.compare(ticket, other.ticket) : order;
        }
    }
}
