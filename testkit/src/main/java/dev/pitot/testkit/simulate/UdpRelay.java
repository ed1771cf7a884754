package dev.pitot.testkit.simulate;

import dev.pitot.model.time.NanoClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A bad network between real sockets: a port on loopback that passes datagrams on to a server
/// and its answers back, as two [Impairment]s tell. Each client gets a port of its own towards
/// the server, and dice of its own. Any thread may use it; one platform daemon thread does the
/// work.
///
/// Delays are kept to about 0.1 ms.
public final class UdpRelay implements AutoCloseable {
    /// More are not passed on.
    static final int MOST_CLIENTS = 1024;

    private static final int IPV4_BYTES = 4;
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int DATAGRAMS_PER_TURN = 256;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 100 * NANOS_PER_MILLI;
    private static final long NAP_NANOS = 50_000;

    /// The odd number next to 2^64 divided by the golden ratio: spreads seeds (SplittableRandom).
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final InetSocketAddress server;
    private final Impairment up;
    private final Impairment down;
    private final NanoClock clock;
    private final Selector selector;
    private final DatagramChannel front;
    private final InetSocketAddress address;
    private final Object turn = new Object(); // held while the thread works; guards all below
    private final Map<InetSocketAddress, RelaySession> sessions = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private long refused;
    private volatile boolean closed;

    /// Opens the relay; it works until it is closed.
    ///
    /// @param server where datagrams are passed on to
    /// @param up what happens to datagrams towards the server
    /// @param down what happens to its answers
    /// @throws IOException if there is no socket to be had
    public static UdpRelay open(InetSocketAddress server, Impairment up, Impairment down, NanoClock clock)
            throws IOException {
        var relay = new UdpRelay(server, up, down, clock);
        Thread.ofPlatform().daemon().name("udp-relay").start(relay::run);
        return relay;
    }

    private UdpRelay(InetSocketAddress server, Impairment up, Impairment down, NanoClock clock) throws IOException {
        this.server = server;
        this.up = up;
        this.down = down;
        this.clock = clock;
        selector = Selector.open();
        front = RelaySession.opened();
        try {
            front.bind(new InetSocketAddress(loopbackOf(server.getAddress()), 0));
            front.register(selector, SelectionKey.OP_READ);
            address = (InetSocketAddress) front.getLocalAddress();
        } catch (IOException | RuntimeException e) { // whatever it is, nothing must stay open
            front.close();
            selector.close();
            throw e;
        }
    }

    /// Where clients send to.
    public InetSocketAddress address() {
        return address;
    }

    /// What it has done until now.
    public RelayCounts counts() {
        synchronized (turn) {
            PathCounts upwards = PathCounts.NOTHING;
            PathCounts downwards = PathCounts.NOTHING;
            for (RelaySession session : sessions.values()) {
                upwards = upwards.plus(session.up().counts());
                downwards = downwards.plus(session.down().counts());
            }
            return new RelayCounts(sessions.size(), upwards, downwards, refused);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        synchronized (turn) {
            sessions.values().forEach(session -> closeQuietly(session.back()));
            closeQuietly(front);
            closeQuietly(selector);
        }
    }

    private void run() {
        try {
            while (!closed) {
                long wait;
                synchronized (turn) {
                    wait = closed ? 0 : work();
                }
                await(wait);
            }
        } catch (IOException | ClosedSelectorException _) { // closed, or the system has no sockets any more
            close();
        }
    }

    private void await(long nanos) throws IOException {
        if (nanos >= 2 * NANOS_PER_MILLI) {
            selector.select(nanos / NANOS_PER_MILLI - 1); // a selector may be late by one; the rest are naps
        } else if (nanos > 0 && selector.selectNow() == 0) {
            LockSupport.parkNanos(Math.min(nanos, NAP_NANOS));
        }
    }

    /// One turn.
    ///
    /// @return how long there is nothing to do unless something comes, in nanoseconds
    private long work() throws IOException {
        selector.selectNow();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof RelaySession session) {
                takeAnswers(session);
            } else {
                takeRequests();
            }
        }
        selector.selectedKeys().clear();
        long now = clock.nanoTime();
        long wait = LONGEST_WAIT_NANOS;
        for (RelaySession session : sessions.values()) {
            session.up().deliver(now, datagram -> count(session.sendUp(datagram)));
            session.down().deliver(now, datagram -> count(session.sendDown(front, datagram)));
            wait = Math.min(wait, session.waitNanos(now));
        }
        return Math.max(wait, 0);
    }

    private void count(boolean isPassedOn) {
        if (!isPassedOn) {
            refused++;
        }
    }

    private void takeRequests() throws IOException {
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            InetSocketAddress from = RelaySession.receive(front, buffer.clear());
            if (from == null) {
                return;
            }
            RelaySession session = sessionOf(from);
            if (session == null) {
                refused++;
            } else {
                session.up().send(buffer.flip(), clock.nanoTime());
            }
        }
    }

    private void takeAnswers(RelaySession session) throws IOException {
        for (int i = 0; i < DATAGRAMS_PER_TURN; i++) {
            if (RelaySession.receive(session.back(), buffer.clear()) == null) {
                return;
            }
            session.down().send(buffer.flip(), clock.nanoTime());
        }
    }

    /// Null if there are too many.
    private @Nullable RelaySession sessionOf(InetSocketAddress client) throws IOException {
        RelaySession known = sessions.get(client);
        if (known != null || sessions.size() >= MOST_CLIENTS) {
            return known;
        }
        int number = sessions.size();
        DatagramChannel back = RelaySession.opened();
        back.connect(server);
        var session = new RelaySession(client, back, path(up, number), path(down, number));
        back.register(selector, SelectionKey.OP_READ, session);
        sessions.put(client, session);
        return session;
    }

    /// The first client's dice are those of the impairment in a [SimulatedPath]; each further
    /// path has its own.
    private static SimulatedPath path(Impairment impairment, int number) {
        return new SimulatedPath(impairment.withSeed(impairment.seed() + number * GOLDEN));
    }

    private static InetAddress loopbackOf(InetAddress server) throws IOException {
        byte[] bytes = new byte[server.getAddress().length];
        bytes[bytes.length - 1] = 1; // ::1
        if (bytes.length == IPV4_BYTES) {
            bytes[0] = 127;
        }
        return InetAddress.getByAddress(bytes);
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException _) { // there is nothing left to lose
        }
    }
}
