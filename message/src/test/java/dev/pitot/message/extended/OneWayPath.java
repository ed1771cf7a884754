package dev.pitot.message.extended;

import dev.pitot.message.link.DatagramSender;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// Datagrams on their way in one direction, in virtual time.
final class OneWayPath implements DatagramSender {
    private final PathConditions conditions;
    private final Random random;
    private final PriorityQueue<Flight> flights =
            new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
    private long now;
    private long order;
    private boolean isBursting;
    private boolean isDown;
    private int refusals;

    private record Flight(long at, long order, ByteBuffer datagram) {}

    OneWayPath(PathConditions conditions, long seed) {
        this.conditions = conditions;
        random = new Random(seed);
    }

    void at(long nowNanos) {
        now = nowNanos;
    }

    /// Nothing arrives of what is sent while it is down.
    void down(boolean down) {
        isDown = down;
    }

    /// The next so many datagrams find no room in the system.
    void refuse(int datagrams) {
        refusals = datagrams;
    }

    @Override
    public boolean send(ByteBuffer datagram) {
        if (refusals > 0) {
            refusals--;
            return false;
        }
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        boolean isLost = random.nextDouble() < (isBursting ? conditions.burst() : conditions.loss());
        isBursting = isLost;
        if (isLost || isDown) {
            return true;
        }
        if (random.nextDouble() < conditions.corrupt()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        fly(bytes);
        if (random.nextDouble() < conditions.duplicate()) {
            fly(bytes);
        }
        return true;
    }

    private void fly(byte[] bytes) {
        long jitter = conditions.jitterNanos() == 0 ? 0 : random.nextLong(conditions.jitterNanos());
        flights.add(new Flight(now + conditions.delayNanos() + jitter, order++, ByteBuffer.wrap(bytes)));
    }

    long nextAt() {
        Flight next = flights.peek();
        return next == null ? Long.MAX_VALUE : next.at;
    }

    /// The next datagram that has arrived.
    ByteBuffer take() {
        return flights.remove().datagram;
    }
}
