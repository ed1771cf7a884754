package dev.pitot.socket.linux;

import static dev.pitot.socket.linux.SocketOptions.IPPROTO_TCP;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.TransmitTimestamps;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connected stream socket. One thread sends, one receives; any may query, shut down or close it.
final class LinuxTcpConnection implements TcpConnection {
    /// Time for which the kernel retries to send remaining data after closing, without progress.
    private static final int LINGER_MILLIS = 10_000;

    private static final int CONGESTION_NAME_BYTES = 16; // linux/tcp.h: TCP_CA_NAME_MAX

    /// A tick of usual kernels (HZ=250), which round it up to two.
    private static final int LOW_WATER_MILLIS = 4;

    private static final long UNKNOWN = -1;
    private static final long NOWHERE = 0; // null pointer

    private final ConnectedSocket socket;
    private final SocketIo sending = new SocketIo();
    private final SocketIo receiving = new SocketIo();
    private volatile BufferSizes granted;

    /// @param granted buffer sizes before the connection was made: the kernel changes them later
    LinuxTcpConnection(ConnectedSocket socket, BufferSizes granted) {
        this.socket = socket;
        this.granted = granted;
    }

    @Override
    public int send(ByteBuffer block) throws IOException {
        long address = sending.addressOf(block);
        int count = block.remaining();
        if (count == 0) {
            return 0;
        }
        int fd = socket.acquire();
        try {
            int taken = moved(sending.send(fd, address, count));
            block.position(block.position() + taken);
            return taken;
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public int send(ZeroCopyBlock block, int offset, int count) throws IOException {
        if (!(block instanceof LinuxZeroCopyBlock memory)) {
            throw new IllegalArgumentException("block of another socket family: " + block);
        }
        Objects.checkFromIndexSize(offset, count, block.bytes());
        int fd = socket.acquire();
        int file = memory.acquire();
        try {
            return moved(sending.sendFile(fd, file, offset, count));
        } finally {
            memory.release(file);
            socket.release(fd);
        }
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        long address = receiving.writableAddressOf(block);
        int count = block.remaining();
        if (count == 0) {
            return 0;
        }
        int arrived = receive(address, count, 0);
        if (arrived > 0) {
            block.position(block.position() + arrived);
        }
        return arrived;
    }

    @Override
    public int discard(int count) throws IOException {
        if (count < 1) {
            throw new IllegalArgumentException("count < 1: " + count);
        }
        return receive(NOWHERE, count, SocketIo.MSG_TRUNC);
    }

    @Override
    public boolean setLowWaterMark(int bytes) throws IOException {
        int millis = bytes > 1 ? LOW_WATER_MILLIS : WaitPolicy.MAX_SLICE_MILLIS;
        int fd = socket.acquire();
        try {
            if (SocketOptions.set(fd, SocketOptions.SOL_SOCKET, SocketOptions.SO_RCVLOWAT, bytes) < 0) {
                return false;
            }
            SystemError.check(SocketOptions.setTimeout(fd, SocketOptions.SO_RCVTIMEO, millis));
            return true;
        } finally {
            socket.release(fd);
        }
    }

    private int receive(long address, int count, int flags) throws IOException {
        int fd = socket.acquire();
        try {
            long received = receiving.receive(fd, address, count, flags);
            return received == 0 ? -1 : moved(received);
        } finally {
            socket.release(fd);
        }
    }

    /// Returns the bytes that a call moved: 0 if the slice has passed.
    static int moved(long result) throws SocketException {
        return result == -SystemError.EAGAIN ? 0 : (int) SystemError.check(result);
    }

    @Override
    public TransmitTimestamps transmitTimestamps() {
        return new LinuxTransmitTimestamps(socket, sending);
    }

    @Override
    public void apply(TcpSetup setup) throws IOException {
        int fd = socket.acquire();
        try {
            TcpOptions.apply(fd, setup, socket.remote());
            if (setup.settings().windowBytes() != 0) {
                granted = NetworkOptions.buffers(fd);
            }
        } finally {
            socket.release(fd);
        }
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public InetSocketAddress remote() {
        return socket.remote();
    }

    @Override
    public BufferSizes buffers() throws IOException {
        socket.buffers(); // fails if the connection is closed
        return granted;
    }

    @Override
    public @Nullable String congestion() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(CONGESTION_NAME_BYTES + 1L); // NUL after the longest name
            long length = socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_CONGESTION, name));
            return length < 0 ? null : name.getString(0);
        }
    }

    @Override
    public KeepAlive keepAlive() throws IOException {
        long idle = socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPIDLE));
        long interval = socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPINTVL));
        long count = socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_KEEPCNT));
        return new KeepAlive(
                Duration.ofSeconds(SystemError.check(idle, IperfError.SET_KEEPALIVE_IDLE)),
                Duration.ofSeconds(SystemError.check(interval, IperfError.SET_KEEPALIVE_INTERVAL)),
                (int) SystemError.check(count, IperfError.SET_KEEPALIVE_COUNT));
    }

    @Override
    public int mss() {
        return (int) Math.max(0, socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_MAXSEG)));
    }

    @Override
    public @Nullable TcpInfo info() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TcpInfoLayout.MAX_BYTES, Long.BYTES);
            long length = socket.ask(fd -> SocketOptions.get(fd, IPPROTO_TCP, SocketOptions.TCP_INFO, info));
            return length < 0 ? null : TcpInfoLayout.decode(info.asSlice(0, length));
        }
    }

    @Override
    public long unacknowledgedBytes() {
        return Math.max(UNKNOWN, socket.ask(fd -> SocketOptions.query(fd, SocketOptions.SIOCOUTQ)));
    }

    @Override
    public long unreadBytes() {
        return Math.max(UNKNOWN, socket.ask(fd -> SocketOptions.query(fd, SocketOptions.FIONREAD)));
    }

    @Override
    public void shutdownOutput() {
        socket.shutdown(SocketCalls.SHUT_WR);
    }

    @Override
    public void shutdown() {
        socket.shutdown(SocketCalls.SHUT_RDWR);
    }

    /// A peer that does not read keeps remaining data in the kernel; the timeout makes the kernel
    /// give up. Without it an untrusted peer could leave hundreds of MiB there for minutes.
    @Override
    public void close() {
        socket.ask(
                fd -> SocketOptions.set(fd, SocketOptions.IPPROTO_TCP, SocketOptions.TCP_USER_TIMEOUT, LINGER_MILLIS));
        socket.close();
    }
}
