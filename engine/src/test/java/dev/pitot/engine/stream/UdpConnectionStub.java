package dev.pitot.engine.stream;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.UdpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Datagram connection without a kernel: keeps what is sent, and returns what a test has put in. Waiting takes no
/// time of its own.
final class UdpConnectionStub implements UdpConnection {
    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final BufferSizes buffers;
    private LongConsumer onWait = _ -> {};
    private byte @Nullable [] flood;
    private int datagramsPerCall = 1;
    private int mostBytes = Integer.MAX_VALUE;
    private boolean isUnreachable;
    private boolean isShutDown;

    UdpConnectionStub(int receiveBytes) {
        buffers = new BufferSizes(0, receiveBytes);
    }

    /// Puts a datagram in, which the next `receive` returns.
    void arrive(byte[] datagram) {
        arriving.add(datagram);
    }

    /// Returns this datagram again and again, once nothing else has been put in.
    void floodWith(byte[] datagram) {
        flood = datagram;
    }

    /// Sets what happens when a caller waits, with the nanoseconds.
    void onWait(LongConsumer action) {
        onWait = action;
    }

    void unreachable() {
        isUnreachable = true;
    }

    void reachableAgain() {
        isUnreachable = false;
    }

    /// Sends so many datagrams with a call, and half as many once a call has more than the kernel takes.
    void segments(int datagrams, int kernelTakes) {
        datagramsPerCall = datagrams;
        mostBytes = kernelTakes;
    }

    List<byte[]> sent() {
        return sent;
    }

    @Override
    public int send(ByteBuffer block) throws IOException {
        if (isUnreachable) {
            throw new IOException("Connection refused");
        }
        if (block.remaining() > mostBytes) {
            datagramsPerCall /= 2;
            return 0;
        }
        var bytes = new byte[block.remaining()];
        block.get(bytes);
        sent.add(bytes);
        return bytes.length;
    }

    @Override
    public int receive(ByteBuffer block) {
        return receiveNow(block);
    }

    @Override
    public int receive(ByteBuffer block, long nanos) {
        if (arriving.isEmpty()) {
            onWait.accept(nanos);
        }
        return receiveNow(block);
    }

    @Override
    public int peek(ByteBuffer block) {
        byte[] first = arriving.peek();
        return first == null ? 0 : first.length;
    }

    @Override
    public int receiveNow(ByteBuffer block) {
        if (isShutDown) {
            return -1;
        }
        byte[] first = arriving.isEmpty() ? flood : arriving.poll();
        if (first == null) {
            return 0;
        }
        block.put(first, 0, Math.min(first.length, block.remaining()));
        return first.length;
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public long receiveDrops() {
        return 0;
    }

    @Override
    public int datagramsPerCall() {
        return datagramsPerCall;
    }

    @Override
    public boolean hasOffload() {
        return datagramsPerCall > 1;
    }

    @Override
    public InetSocketAddress local() {
        return new InetSocketAddress(1);
    }

    @Override
    public InetSocketAddress remote() {
        return new InetSocketAddress(1);
    }

    @Override
    public BufferSizes buffers() {
        return buffers;
    }

    @Override
    public void shutdown() {
        isShutDown = true;
    }

    @Override
    public void close() {
        // There is no kernel.
    }
}
