package dev.pitot.engine.server;

import dev.pitot.socket.UdpConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The order in which tests open their UDP streams. The first datagram of a stream names no test,
/// only its client's address, so of the tests of one address one has the turn: what comes from
/// that address is its. A test is told to open its streams when it gets its first turn. The turn
/// goes on when the test has all its streams, or when others of the address wait and it has asked for no
/// stream for a second and four round trips: iperf's clients ask at once, and only once; Pitot's ask
/// again in less than that. Tests that have not had the turn come first; one that was passed over gets it again after them, and
/// whatever it asks meanwhile cannot be told from what the others ask. Guarded by its owner.
final class UdpStreamQueue {
    /// How long a test may be silent that others wait for.
    static final Duration SILENCE = Duration.ofSeconds(1);

    /// Pitot's clients ask again after as many round trips, if that is longer than 0.4 s.
    private static final int ROUND_TRIPS = 4;

    /// The longest round trip that counts: one over two satellites.
    static final Duration MAX_ROUND_TRIP = Duration.ofSeconds(1);

    /// Tests that wait, in the order in which they get the turn.
    private final List<Waiter> waiters = new ArrayList<>();

    private final Map<String, Waiter> holders = new HashMap<>();

    /// A test that waits for its streams.
    static final class Waiter {
        private final Guest guest;
        private final Set<InetSocketAddress> streams = new HashSet<>();
        private boolean hadTurn;
        private long movedNanos;

        /// The newest stream.
        @Nullable UdpConnection last;

        Waiter(Guest guest) {
            this.guest = guest;
        }

        Guest guest() {
            return guest;
        }

        /// Whether it has been its turn, even if it no longer is.
        boolean hadTurn() {
            return hadTurn;
        }

        boolean wantsMore() {
            return streams.size() < guest.streamCount();
        }

        private String address() {
            return guest.client().getHostAddress();
        }

        private boolean isSilent(long nowNanos) {
            Duration roundTrip = guest.roundTrip();
            Duration counted = roundTrip.compareTo(MAX_ROUND_TRIP) < 0 ? roundTrip : MAX_ROUND_TRIP;
            return nowNanos - movedNanos
                    >= SILENCE.plus(counted.multipliedBy(ROUND_TRIPS)).toNanos();
        }
    }

    /// A test begins to wait.
    Waiter add(Guest guest, long nowNanos) {
        var waiter = new Waiter(guest);
        waiters.add(waiter);
        update(nowNanos);
        return waiter;
    }

    /// A test no longer waits.
    void remove(Guest guest, long nowNanos) {
        waiters.removeIf(waiter -> waiter.guest.equals(guest));
        update(nowNanos);
    }

    void clear() {
        waiters.clear();
        holders.clear();
    }

    /// All that wait.
    List<Waiter> waiters() {
        return List.copyOf(waiters);
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /// The test whose turn it is to get streams from an address, or null.
    @Nullable Waiter holder(InetSocketAddress stranger) {
        return holders.get(stranger.getAddress().getHostAddress());
    }

    /// Whether somebody has a stream of a test already.
    boolean isKnown(InetSocketAddress stranger) {
        return waiters.stream().anyMatch(waiter -> waiter.streams.contains(stranger));
    }

    /// A test has got a stream.
    void onStream(Waiter waiter, InetSocketAddress stranger, long nowNanos) {
        waiter.streams.add(stranger);
        waiter.movedNanos = nowNanos;
    }

    /// A test has asked again for a stream that it has.
    void onRepeatedRequest(Waiter waiter, long nowNanos) {
        waiter.movedNanos = nowNanos;
    }

    /// Lets turns go on.
    void update(long nowNanos) {
        holders.values().removeIf(holder -> !waiters.contains(holder) || !holder.wantsMore());
        for (Waiter waiter : List.copyOf(waiters)) {
            Waiter holder = holders.get(waiter.address());
            if (holder == null || holder.isSilent(nowNanos)) {
                passOn(waiter.address(), holder, nowNanos);
            }
        }
    }

    private void passOn(String address, @Nullable Waiter holder, long nowNanos) {
        Waiter next = null;
        for (Waiter waiter : waiters) {
            boolean isNext = waiter.wantsMore()
                    && !waiter.equals(holder)
                    && waiter.address().equals(address)
                    && (next == null || (next.hadTurn && !waiter.hadTurn));
            next = isNext ? waiter : next;
        }
        if (next == null) {
            return; // nobody else waits
        }
        if (holder != null) { // it goes to the end of the queue
            waiters.remove(holder);
            waiters.add(holder);
        }
        next.hadTurn = true;
        next.movedNanos = nowNanos;
        holders.put(address, next);
    }
}
