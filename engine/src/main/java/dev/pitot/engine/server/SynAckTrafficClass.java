package dev.pitot.engine.server;

import dev.pitot.socket.TcpListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Traffic class of the listening socket's SYN-ACKs: that of the newest test that waits for its data
/// connections (`-S`), so that they have it from the first packet on, as with iperf3 servers. A
/// connection of another test that arrives meanwhile is answered with this class too, and gets its own
/// when it is accepted. Safe for any thread.
final class SynAckTrafficClass {
    private final List<Integer> waiting = new ArrayList<>();
    private @Nullable TcpListener listener;

    /// Sets the current listening socket.
    synchronized void listener(TcpListener opened) {
        listener = opened;
        apply();
    }

    /// Adds the traffic class of a test that waits for its data connections.
    synchronized void add(int trafficClass) {
        waiting.add(trafficClass);
        apply();
    }

    /// Removes the traffic class of a test.
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
