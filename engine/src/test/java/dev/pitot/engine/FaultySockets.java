package dev.pitot.engine;

import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
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
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Best sockets of this host, of which one call does something else first, such as failing by a bug.
record FaultySockets(Call faulty, Runnable action) implements SocketFamily {
    private static final SocketFamily BEST = SocketFamilies.best();

    /// Location of the bug.
    enum Call {
        /// Binding a stream's thread to a core: on that thread.
        BIND_TO_CORE,
        /// The client's check of the core before it connects: on a thread of its own.
        CHECK_CORE,
        /// Accepting a connection, repeatedly: on the server's thread.
        ACCEPT,
        /// Opening the socket for UDP streams: on the thread of a server's test. The server's first probe
        /// for a free port is spared.
        LISTEN_UDP,
        /// Reading the processor time: on the session's thread, when a test starts and when it stops.
        PROCESS_TIMES,
        /// Reading the times of a stream's thread: on the session's thread, repeatedly while data flows.
        THREAD_TIMES,
        /// The rehearsal of a test's calls: on the session's thread. It fails like a system that has no descriptor
        /// left.
        REHEARSE
    }

    private void check(Call call) {
        if (call == faulty) {
            action.run();
        }
    }

    @Override
    public String name() {
        return BEST.name();
    }

    @Override
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.of(Feature.AFFINITY);
        features.addAll(BEST.features());
        return features;
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException {
        return BEST.connect(remote, setup, waitPolicy);
    }

    @Override
    public TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException {
        TcpListener listener = BEST.listen(local, setup);
        return faulty == Call.ACCEPT ? new FaultyListener(listener) : listener;
    }

    @Override
    public UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException {
        return BEST.connectUdp(remote, setup);
    }

    @Override
    public UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException {
        if (Thread.currentThread().getName().startsWith("pitot-session")) {
            check(Call.LISTEN_UDP);
        }
        return BEST.listenUdp(local, setup);
    }

    @Override
    public void bindToCore(int core) {
        boolean isCheckOfClient = Thread.currentThread().getName().equals("pitot-core");
        check(isCheckOfClient ? Call.CHECK_CORE : Call.BIND_TO_CORE);
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        return BEST.zeroCopyBlock(payload);
    }

    @Override
    public void rehearse(int calls) throws IOException {
        check(Call.REHEARSE);
        if (faulty == Call.REHEARSE) {
            throw new IOException("no descriptor left");
        }
        BEST.rehearse(calls);
    }

    @Override
    public boolean isCompiling() {
        return BEST.isCompiling();
    }

    @Override
    public long threadId() {
        return BEST.threadId();
    }

    @Override
    public Evidence.@Nullable ThreadTimes threadTimes(long threadId) {
        check(Call.THREAD_TIMES);
        return BEST.threadTimes(threadId);
    }

    @Override
    public KernelValues<HostCounter> hostCounters() {
        return BEST.hostCounters();
    }

    @Override
    public ProcessTimes processTimes() {
        check(Call.PROCESS_TIMES);
        return BEST.processTimes();
    }

    private final class FaultyListener implements TcpListener {
        private final TcpListener listener;

        FaultyListener(TcpListener listener) {
            this.listener = listener;
        }

        @Override
        public TcpConnection accept(WaitPolicy waitPolicy) throws IOException {
            waitPolicy.nextSliceMillis(); // the server can still be stopped
            check(Call.ACCEPT);
            return listener.accept(waitPolicy);
        }

        @Override
        public void trafficClass(int value) {
            listener.trafficClass(value);
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
    }
}
