package dev.pitot.engine;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Socket family that records the kernel's counters of each connection at its end: before a sender's
/// shutdown, and when a receiver is closed.
final class Ledger implements SocketFamily {
    private final SocketFamily sockets;
    private final boolean hasMemory;
    private final Runnable beforeShutdown;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /// Kernel counters of a connection.
    ///
    /// @param atShutdown before a FIN was sent
    /// @param atClose when the connection is no longer used
    /// @param delivered bytes returned by `receive` in total
    record Entry(int localPort, int remotePort, Books atShutdown, Books atClose, long delivered) {}

    /// @param acked tcpi_bytes_acked, plus one for the SYN where this end has sent first
    /// @param received tcpi_bytes_received
    record Books(long acked, long received, long unacknowledged, long unread) {}

    Ledger(SocketFamily sockets) {
        this(sockets, true, () -> {});
    }

    private Ledger(SocketFamily sockets, boolean hasMemory, Runnable beforeShutdown) {
        this.sockets = sockets;
        this.hasMemory = hasMemory;
        this.beforeShutdown = beforeShutdown;
    }

    /// Returns sockets of a host without memory for zero-copy payloads.
    static Ledger withoutMemory(SocketFamily sockets) {
        return new Ledger(sockets, false, () -> {});
    }

    /// Returns sockets that do something before both directions of a connection are shut down.
    static Ledger beforeShutdown(SocketFamily sockets, Runnable action) {
        return new Ledger(sockets, true, action);
    }

    /// Returns the counters of the connection between these ports.
    Entry from(int localPort, int remotePort) {
        return entries.stream()
                .filter(entry -> entry.localPort() == localPort && entry.remotePort() == remotePort)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String name() {
        return sockets.name();
    }

    @Override
    public @Nullable String unavailableReason() {
        return sockets.unavailableReason();
    }

    @Override
    public Set<Feature> features() {
        return sockets.features();
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException {
        return new Audited(sockets.connect(remote, setup, waitPolicy), entries, beforeShutdown);
    }

    @Override
    public UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException {
        return sockets.connectUdp(remote, setup);
    }

    @Override
    public UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException {
        return sockets.listenUdp(local, setup);
    }

    @Override
    public void bindToCore(int core) throws IOException {
        sockets.bindToCore(core);
    }

    @Override
    public TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException {
        TcpListener listener = sockets.listen(local, setup);
        return new TcpListener() {
            @Override
            public TcpConnection accept(WaitPolicy waitPolicy) throws IOException {
                return new Audited(listener.accept(waitPolicy), entries, beforeShutdown);
            }

            @Override
            public void trafficClass(int trafficClass) {
                listener.trafficClass(trafficClass);
            }

            @Override
            public void shutdown() {
                listener.shutdown();
            }

            @Override
            public InetSocketAddress local() {
                return listener.local();
            }

            @Override
            public void close() {
                listener.close();
            }
        };
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        if (!hasMemory) {
            throw new OutOfMemoryError("no memory for a test");
        }
        return sockets.zeroCopyBlock(payload);
    }

    @Override
    public void rehearse(int calls) throws IOException {
        sockets.rehearse(calls);
    }

    @Override
    public boolean isCompiling() {
        return sockets.isCompiling();
    }

    @Override
    public long threadId() {
        return sockets.threadId();
    }

    @Override
    public Evidence.@Nullable ThreadTimes threadTimes(long threadId) {
        return sockets.threadTimes(threadId);
    }

    @Override
    public KernelValues<HostCounter> hostCounters() {
        return sockets.hostCounters();
    }

    @Override
    public ProcessTimes processTimes() {
        return sockets.processTimes();
    }

    private static final class Audited implements TcpConnection {
        private final TcpConnection connection;
        private final List<Entry> entries;
        private final Runnable beforeShutdown;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final AtomicLong delivered = new AtomicLong();
        private volatile @Nullable Books atShutdown;

        Audited(TcpConnection connection, List<Entry> entries, Runnable beforeShutdown) {
            this.connection = connection;
            this.entries = entries;
            this.beforeShutdown = beforeShutdown;
        }

        /// Takes several system calls: repeats them until no segment has arrived in between.
        private Books counts() {
            TcpInfo before = connection.info();
            while (before != null) {
                var counts = new Books(
                        before.fields().get(TcpField.BYTES_ACKED).orElse(-1),
                        before.fields().get(TcpField.BYTES_RECEIVED).orElse(-1),
                        connection.unacknowledgedBytes(),
                        connection.unreadBytes());
                TcpInfo after = connection.info();
                boolean isQuiet = after != null
                        && after.fields()
                                .get(TcpField.BYTES_ACKED)
                                .equals(before.fields().get(TcpField.BYTES_ACKED))
                        && after.fields()
                                .get(TcpField.BYTES_RECEIVED)
                                .equals(before.fields().get(TcpField.BYTES_RECEIVED));
                if (isQuiet) {
                    return counts;
                }
                before = after;
            }
            return new Books(0, 0, 0, 0);
        }

        @Override
        public void shutdown() {
            beforeShutdown.run();
            countBeforeFin();
            connection.shutdown();
        }

        private void countBeforeFin() {
            if (atShutdown == null) {
                atShutdown = counts();
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                Books last = counts();
                Books before = atShutdown;
                entries.add(new Entry(
                        local().getPort(), remote().getPort(), before == null ? last : before, last, delivered.get()));
            }
            connection.close();
        }

        @Override
        public int send(ByteBuffer block) throws IOException {
            return connection.send(block);
        }

        @Override
        public int send(ZeroCopyBlock block, int offset, int count) throws IOException {
            return connection.send(block, offset, count);
        }

        @Override
        public int discard(int count) throws IOException {
            return connection.discard(count);
        }

        @Override
        public int receive(ByteBuffer block) throws IOException {
            int n = connection.receive(block);
            delivered.addAndGet(Math.max(0, n));
            return n;
        }

        @Override
        public void apply(TcpSetup setup) throws IOException {
            connection.apply(setup);
        }

        @Override
        public InetSocketAddress local() {
            return connection.local();
        }

        @Override
        public InetSocketAddress remote() {
            return connection.remote();
        }

        @Override
        public BufferSizes buffers() throws IOException {
            return connection.buffers();
        }

        @Override
        public @Nullable String congestion() {
            return connection.congestion();
        }

        @Override
        public KeepAlive keepAlive() throws IOException {
            return connection.keepAlive();
        }

        @Override
        public int mss() {
            return connection.mss();
        }

        @Override
        public @Nullable TcpInfo info() {
            return connection.info();
        }

        @Override
        public long unacknowledgedBytes() {
            return connection.unacknowledgedBytes();
        }

        @Override
        public long unreadBytes() {
            return connection.unreadBytes();
        }

        @Override
        public void shutdownOutput() {
            countBeforeFin();
            connection.shutdownOutput();
        }
    }
}
