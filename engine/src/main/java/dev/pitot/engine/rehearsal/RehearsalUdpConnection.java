package dev.pitot.engine.rehearsal;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Stand-in for a connection whose test has not started: what is sent is accepted and discarded,
/// what is received are datagrams in order, and the real connection is only asked for its values.
/// Neither `shutdown` nor `close` affects that. One thread sends or receives.
public final class RehearsalUdpConnection implements UdpConnection {
    private final UdpConnection real;
    private final int datagrams;
    private final boolean wide;
    private int received;

    /// @param datagrams number of datagrams that can be received
    /// @param wide whether their numbers have 64 bits
    public RehearsalUdpConnection(UdpConnection real, int datagrams, boolean wide) {
        this.real = real;
        this.datagrams = datagrams;
        this.wide = wide;
    }

    @Override
    public int send(ByteBuffer block) {
        int bytes = block.remaining();
        block.position(block.limit());
        return bytes;
    }

    @Override
    public int receive(ByteBuffer block) {
        if (received == datagrams) {
            return -1;
        }
        received++;
        int bytes = DatagramHeader.bytes(wide);
        DatagramHeader.writeTrain(block, 1, bytes, received, received, wide);
        block.position(block.position() + bytes);
        return bytes;
    }

    @Override
    public int receive(ByteBuffer block, long nanos) {
        return receive(block);
    }

    @Override
    public int peek(ByteBuffer block) {
        return -1;
    }

    @Override
    public int receiveNow(ByteBuffer block) {
        return receive(block);
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
    public long unsentBytes() {
        return real.unsentBytes();
    }

    @Override
    public long receiveDrops() {
        return real.receiveDrops();
    }

    @Override
    public int datagramsPerCall() {
        return real.datagramsPerCall();
    }

    @Override
    public boolean hasOffload() {
        return real.hasOffload();
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
