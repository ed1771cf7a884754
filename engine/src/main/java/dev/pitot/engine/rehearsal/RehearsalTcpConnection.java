package dev.pitot.engine.rehearsal;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Stand-in for a connection whose test has not started: what is sent is accepted and discarded,
/// what is received is the buffer's old content, and the real connection is only asked for its
/// values. Neither `shutdown` nor `close` affects that. One thread sends or receives.
public final class RehearsalTcpConnection implements TcpConnection {
    private final TcpConnection real;
    private final boolean hasTimestamps;
    private int blocks;

    /// @param blocks number of blocks that can be received
    public RehearsalTcpConnection(TcpConnection real, int blocks) {
        this.real = real;
        this.blocks = blocks;
        hasTimestamps = real.transmitTimestamps() != null;
    }

    @Override
    public int send(ByteBuffer block) {
        int bytes = block.remaining();
        block.position(block.limit());
        return bytes;
    }

    @Override
    public int send(ZeroCopyBlock block, int offset, int count) {
        return count;
    }

    @Override
    public @Nullable TransmitTimestamps transmitTimestamps() {
        return hasTimestamps ? new RehearsalTimestamps() : null;
    }

    @Override
    public int receive(ByteBuffer block) {
        int bytes = block.remaining();
        block.position(block.limit());
        return isOver() ? -1 : bytes;
    }

    @Override
    public int discard(int count) {
        return isOver() ? -1 : count;
    }

    private boolean isOver() {
        blocks--;
        return blocks < 0;
    }

    @Override
    public InetSocketAddress local() {
        return real.local();
    }

    @Override
    public InetSocketAddress remote() {
        return real.remote();
    }

    @Override
    public BufferSizes buffers() throws IOException {
        return real.buffers();
    }

    @Override
    public void apply(TcpSetup setup) {
        // The real connection has its settings.
    }

    @Override
    public @Nullable String congestion() {
        return real.congestion();
    }

    @Override
    public int mss() {
        return real.mss();
    }

    @Override
    public KeepAlive keepAlive() throws IOException {
        return real.keepAlive();
    }

    @Override
    public @Nullable TcpInfo info() {
        return real.info();
    }

    @Override
    public long unacknowledgedBytes() {
        return real.unacknowledgedBytes();
    }

    @Override
    public long unreadBytes() {
        return real.unreadBytes();
    }

    @Override
    public void shutdownOutput() {
        // The real connection stays open.
    }

    @Override
    public void shutdown() {
        // The real connection stays open.
    }

    @Override
    public void close() {
        // The real connection stays open.
    }
}
