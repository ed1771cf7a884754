package dev.pitot.engine.server;

import dev.pitot.socket.TcpListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The IPv6 traffic class of the listener's SYN-ACKs: that of the newest test that waits for its
/// data connections (`-S`), so that each of these has its class from its first packet on, as at
/// iperf3's servers. A connection of another test that arrives meanwhile is answered with this
/// class too, and gets its own when it is accepted. Safe for any thread.
final class SynAckTrafficClass {
    private final List<Integer> waiting = new ArrayList<>();
    private @Nullable TcpListener listener;

    /// The server listens at another socket from now on.
    synchronized void listener(TcpListener opened) {
        listener = opened;
        apply();
    }

    /// A test begins to wait for its data connections.
    synchronized void add(int trafficClass) {
        waiting.add(trafficClass);
        apply();
    }

    /// A test no longer waits.
    synchronized void remove(int trafficClass) {
        waiting.remove(Integer.valueOf(trafficClass));
        apply();
    }

    private void apply() {
        if (listener != null) {
            listener.trafficClass(waiting.isEmpty() ? 0 : waiting.getLast());
        }
    }
}
