package dev.pitot.engine.stream;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.UdpConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Connection without a socket: nothing arrives, and nothing is sent.
public final class IdleConnection implements UdpConnection {
    @Override
    public int send(ByteBuffer datagrams) {
        return 0;
    }

    @Override
    public int receive(ByteBuffer block) {
        return 0;
    }

    @Override
    public int receive(ByteBuffer block, long nanos) {
        return 0;
    }

    @Override
    public int peek(ByteBuffer block) {
        return 0;
    }

    @Override
    public int receiveNow(ByteBuffer block) {
        return 0;
    }

    @Override
    public long unsentBytes() {
        return -1;
    }

    @Override
    public long receiveDrops() {
        return -1;
    }

    @Override
    public boolean hasOffload() {
        return false;
    }

    @Override
    public InetSocketAddress local() {
        return InetSocketAddress.createUnresolved("local", 1);
    }

    @Override
    public InetSocketAddress remote() {
        return InetSocketAddress.createUnresolved("remote", 2);
    }

    @Override
    public BufferSizes buffers() {
        return new BufferSizes(1, 2);
    }

    @Override
    public void shutdown() {
        // Nothing is open.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
