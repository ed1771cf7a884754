package dev.pitot.engine.rehearsal;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.UdpConnection;
import dev.pitot.wire.datagram.DatagramHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Stand-in for a connection whose test has not started: what is sent is accepted and discarded,
/// what is received are datagrams in order, with offload in trains, and the real connection is only
/// asked for its values. Neither `shutdown` nor `close` affects that. One thread sends or receives.
public final class RehearsalUdpConnection implements UdpConnection {
    private static final int MAX_DATAGRAMS = 64; // of a train: net/ipv4/udp_offload.c: UDP_GRO_CNT_MAX

    private final UdpConnection real;
    private final int calls;
    private final int datagramBytes;
    private final boolean wide;
    private int received;
    private long sequence = 1;

    /// @param calls number of calls that receive something
    /// @param datagramBytes length of each datagram, its header or more
    /// @param wide whether their numbers have 64 bits
    public RehearsalUdpConnection(UdpConnection real, int calls, int datagramBytes, boolean wide) {
        this.real = real;
        this.calls = calls;
        this.datagramBytes = datagramBytes;
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
        if (received == calls) {
            return -1;
        }
        received++;
        int room = block.remaining(); // may be less than a datagram
        int count = real.hasOffload() ? Math.clamp(room / datagramBytes, 1, MAX_DATAGRAMS) : 1;
        DatagramHeader.writeTrain(block, count, datagramBytes, received, sequence, wide);
        sequence += count;
        int bytes = Math.min(count * datagramBytes, room);
        block.position(bytes);
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
