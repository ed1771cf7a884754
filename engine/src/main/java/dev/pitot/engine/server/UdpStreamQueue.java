package dev.pitot.engine.server;

import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.StreamRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The order in which tests open their UDP streams. The request for a stream of an iperf client names no test,
/// only its client's address, so of the tests of one address one has the turn: what comes from
/// that address is its. A test is told to open its streams when it gets its first turn. The turn
/// goes on when the test has all its streams, or when others of the address wait and it has asked for no
/// stream for a second and a round trip: iperf's clients ask at once, and only once. Tests that have not had the
/// turn come first; one that was passed over gets it again after them, and whatever it asks meanwhile cannot be
/// told from what the others ask. Requests of Pitot's clients show the test's cookie, so these tests wait for
/// nobody. Guarded by its owner.
final class UdpStreamQueue {
    /// How long a test may be silent that others wait for.
    static final Duration SILENCE = Duration.ofSeconds(1);

    /// The longest round trip that is waited for in addition.
    static final Duration MAX_ROUND_TRIP = Duration.ofSeconds(2);

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

        /// Whether it may open its streams: it has been its turn, even if it no longer is, or it needs none.
        boolean hadTurn() {
            return hadTurn || !needsTurn();
        }

        private boolean needsTurn() {
            return guest.cookie() == null;
        }

        private boolean isShown(InetSocketAddress stranger, ByteBuffer request) {
            Cookie cookie = guest.cookie();
            return cookie != null
                    && guest.client().equals(stranger.getAddress())
                    && StreamRequest.isOf(cookie, request);
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
            return nowNanos - movedNanos >= SILENCE.plus(counted).toNanos();
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

    /// The test that a request from an address is for, or null.
    @Nullable Waiter waiterFor(InetSocketAddress stranger, ByteBuffer request) {
        if (!StreamRequest.isWithCookie(request)) {
            return holder(stranger);
        }
        return waiters.stream()
                .filter(waiter -> waiter.isShown(stranger, request) && waiter.wantsMore())
                .findFirst()
                .orElse(null);
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
        List<Waiter> inTurn = waiters.stream().filter(Waiter::needsTurn).toList();
        for (Waiter waiter : inTurn) {
            Waiter holder = holders.get(waiter.address());
            if (holder == null || holder.isSilent(nowNanos)) {
                passOn(waiter.address(), holder, nowNanos);
            }
        }
    }

    private void passOn(String address, @Nullable Waiter holder, long nowNanos) {
        Waiter next = null;
        for (Waiter waiter : waiters) {
            boolean isNext = waiter.needsTurn()
                    && waiter.wantsMore()
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
