package dev.pitot.engine.server;

import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.UdpConnectMessage;
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

/// Order in which tests open their UDP streams. The connect message of an iperf3 client identifies no
/// test, only its client's address, so of the tests of one address one has the turn and gets the streams
/// from that address. A test is asked to open its streams when it gets its first turn. The turn passes on
/// when the test has all its streams, or when others of the address wait and it has requested no stream
/// for a second and a round-trip time: iperf3 clients send the message at once, and only once. Tests that
/// have not had the turn come first; one that lost it gets it again after them, and its messages
/// meanwhile cannot be distinguished from theirs. Connect messages of Pitot clients contain the test's
/// cookie, so these tests need no turn. Guarded by its owner.
final class UdpStreamQueue {
    /// Time without a connect message after which a test loses its turn if others wait.
    static final Duration SILENCE = Duration.ofSeconds(1);

    /// Limit on the round-trip time that is added to it.
    static final Duration MAX_ROUND_TRIP = Duration.ofSeconds(2);

    /// Waiting tests, in the order in which they get the turn.
    private final List<Waiter> waiters = new ArrayList<>();

    private final Map<String, Waiter> holders = new HashMap<>();

    /// Test that waits for its streams.
    static final class Waiter {
        private final UdpStreamWaiter udpStreamWaiter;
        private final Set<InetSocketAddress> streams = new HashSet<>();
        private boolean hadTurn;
        private long movedNanos;

        /// The newest stream.
        @Nullable UdpConnection last;

        Waiter(UdpStreamWaiter udpStreamWaiter) {
            this.udpStreamWaiter = udpStreamWaiter;
        }

        UdpStreamWaiter udpStreamWaiter() {
            return udpStreamWaiter;
        }

        /// True if the test may open its streams: it has had its turn, even if it has lost it since, or
        /// it needs none.
        boolean hadTurn() {
            return hadTurn || !needsTurn();
        }

        private boolean needsTurn() {
            return udpStreamWaiter.cookie() == null;
        }

        private boolean isShown(InetSocketAddress sender, ByteBuffer request) {
            Cookie cookie = udpStreamWaiter.cookie();
            return cookie != null
                    && udpStreamWaiter.client().equals(sender.getAddress())
                    && UdpConnectMessage.isOf(cookie, request);
        }

        boolean wantsMore() {
            return streams.size() < udpStreamWaiter.streamCount();
        }

        private String address() {
            return udpStreamWaiter.client().getHostAddress();
        }

        private boolean isSilent(long nowNanos) {
            Duration roundTrip = udpStreamWaiter.roundTrip();
            Duration counted = roundTrip.compareTo(MAX_ROUND_TRIP) < 0 ? roundTrip : MAX_ROUND_TRIP;
            return nowNanos - movedNanos >= SILENCE.plus(counted).toNanos();
        }
    }

    /// Adds a waiting test.
    Waiter add(UdpStreamWaiter udpStreamWaiter, long nowNanos) {
        var waiter = new Waiter(udpStreamWaiter);
        waiters.add(waiter);
        update(nowNanos);
        return waiter;
    }

    /// Removes a test.
    void remove(UdpStreamWaiter udpStreamWaiter, long nowNanos) {
        waiters.removeIf(waiter -> waiter.udpStreamWaiter.equals(udpStreamWaiter));
        update(nowNanos);
    }

    void clear() {
        waiters.clear();
        holders.clear();
    }

    /// All waiting tests.
    List<Waiter> waiters() {
        return List.copyOf(waiters);
    }

    /// Returns the test that a connect message from an address belongs to, or null.
    @Nullable Waiter waiterFor(InetSocketAddress sender, ByteBuffer request) {
        if (!UdpConnectMessage.isWithCookie(request)) {
            return holder(sender);
        }
        return waiters.stream()
                .filter(waiter -> waiter.isShown(sender, request) && waiter.wantsMore())
                .findFirst()
                .orElse(null);
    }

    /// Returns the test that has the turn for an address, or null.
    @Nullable Waiter holder(InetSocketAddress sender) {
        return holders.get(sender.getAddress().getHostAddress());
    }

    /// True if the address already has a stream of a test.
    boolean isKnown(InetSocketAddress sender) {
        return waiters.stream().anyMatch(waiter -> waiter.streams.contains(sender));
    }

    /// Records a new stream of a test.
    void onStream(Waiter waiter, InetSocketAddress sender, long nowNanos) {
        waiter.streams.add(sender);
        waiter.movedNanos = nowNanos;
    }

    /// Records the retransmitted connect message of an existing stream.
    void onRepeatedRequest(Waiter waiter, long nowNanos) {
        waiter.movedNanos = nowNanos;
    }

    /// Updates the turns.
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
            return; // no other test waits
        }
        if (holder != null) { // it moves to the end of the queue
            waiters.remove(holder);
            waiters.add(holder);
        }
        next.hadTurn = true;
        next.movedNanos = nowNanos;
        holders.put(address, next);
    }
}
