package dev.pitot.message;

import dev.pitot.message.socket.DatagramHandler;
import dev.pitot.message.socket.SocketCounts;
import dev.pitot.message.socket.UdpSocket;
import dev.pitot.model.time.NanoClock;
import dev.pitot.testkit.simulate.Impairment;
import dev.pitot.testkit.simulate.SimulatedPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A network in virtual time that endpoints can be put on: same seed, same course. Each pair of
/// ports has a path of its own for each direction.
final class SimulatedNetwork implements Dependencies.SocketFactory, NanoClock {
    private static final long STEP_NANOS = 1_000_000;
    private static final int FIRST_PORT = 10_000;

    private final Impairment impairment;
    private final Map<Integer, SimulatedSocket> ports = new TreeMap<>(); // ordered: the course depends on it
    private final Map<Integer, InetSocketAddress> addresses = new TreeMap<>();
    private final Map<Long, SimulatedPath> paths = new TreeMap<>();
    private int nextPort = FIRST_PORT;
    private long now = Long.MAX_VALUE - 500;
    String host = "10.0.0.1"; // of the next port

    SimulatedNetwork(Impairment impairment) {
        this.impairment = impairment;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public UdpSocket connected(InetSocketAddress server) throws IOException {
        return open(new InetSocketAddress(InetAddress.ofLiteral(host), nextPort++), server);
    }

    @Override
    public UdpSocket bound(InetSocketAddress local) throws IOException {
        return open(local, null);
    }

    private UdpSocket open(InetSocketAddress local, @Nullable InetSocketAddress peer) throws IOException {
        var port = new SimulatedSocket(local, peer);
        if (ports.putIfAbsent(local.getPort(), port) != null) {
            throw new IOException("The port is taken: choose another.");
        }
        addresses.put(local.getPort(), local);
        return port;
    }

    /// What a port sends comes from another one from now on, as behind a router that forgets.
    void rebind(int port, int other) {
        ports.put(other, Objects.requireNonNull(ports.remove(port)));
        addresses.put(
                port,
                new InetSocketAddress(
                        Objects.requireNonNull(addresses.get(port)).getAddress(), other));
    }

    /// A program with a port is gone, and says nothing.
    void crash(int port) {
        ports.remove(port);
    }

    /// Lets time pass until something is so; every millisecond everybody gets a turn.
    ///
    /// @return whether it is
    boolean runUntil(BooleanSupplier isSo, Duration atMost, Runnable... turns) {
        for (long left = atMost.toNanos(); left > 0; left -= STEP_NANOS) {
            if (isSo.getAsBoolean()) {
                return true;
            }
            now += STEP_NANOS;
            deliver();
            for (Runnable turn : turns) {
                turn.run();
            }
        }
        return isSo.getAsBoolean();
    }

    private void deliver() {
        paths.forEach((key, path) -> {
            SimulatedSocket target = ports.get((int) (key & 0xFFFF));
            InetSocketAddress source = addresses.get((int) (key >> 16)); // though its port may be closed by now
            path.deliver(now, datagram -> {
                if (target != null && source != null) {
                    target.arrive(datagram, source);
                }
            });
        });
    }

    /// A socket on the network.
    private final class SimulatedSocket implements UdpSocket {
        private final InetSocketAddress local;
        private final @Nullable InetSocketAddress peer;
        private final ArrayDeque<ByteBuffer> datagrams = new ArrayDeque<>();
        private final ArrayDeque<InetSocketAddress> senders = new ArrayDeque<>();

        SimulatedSocket(InetSocketAddress local, @Nullable InetSocketAddress peer) {
            this.local = local;
            this.peer = peer;
        }

        void arrive(ByteBuffer datagram, InetSocketAddress from) {
            if (peer == null || peer.getPort() == from.getPort()) {
                datagrams.add(
                        ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
                senders.add(from);
            }
        }

        @Override
        public boolean send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
            InetSocketAddress target = to == null ? peer : to;
            if (target == null) {
                return false;
            }
            long key = (long) local.getPort() << 16 | target.getPort();
            paths.computeIfAbsent(key, seed -> new SimulatedPath(impairment.withSeed(impairment.seed() + seed)))
                    .send(datagram, now);
            return true;
        }

        @Override
        public int receive(int most, DatagramHandler handler) {
            int count = 0;
            for (; count < most && !datagrams.isEmpty(); count++) {
                handler.datagram(datagrams.remove(), senders.remove());
            }
            return count;
        }

        @Override
        public void await(long nanos, boolean isReading) {}

        @Override
        public void wakeup() {}

        @Override
        public InetSocketAddress localAddress() {
            return local;
        }

        @Override
        public long unreachable() {
            return 0;
        }

        @Override
        public SocketCounts counts() {
            return SocketCounts.NONE;
        }

        @Override
        public void close() {
            ports.remove(local.getPort(), this);
        }
    }
}
