package dev.pitot.engine.stream;

import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Receives one stream's bytes and counts them. `transfer` belongs to the stream's thread.
public final class TcpReceiver implements DataStream {
    private final TcpConnection connection;
    private final Goal goal;
    private final ByteBuffer block;
    private final Counters counters = new Counters();
    private volatile boolean stopped;

    /// @param block direct, used by this stream alone
    public TcpReceiver(TcpConnection connection, Goal goal, ByteBuffer block) {
        this.connection = connection;
        this.goal = goal;
        this.block = block;
    }

    @Override
    public void transfer() throws IOException {
        while (!stopped) {
            int n = connection.receive(block.clear());
            if (n < 0) {
                return;
            }
            counters.onBytes(n);
            goal.onBytes(n);
        }
    }

    @Override
    public Duration blocked() {
        return Duration.ZERO;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public Counters counters() {
        return counters;
    }
}
