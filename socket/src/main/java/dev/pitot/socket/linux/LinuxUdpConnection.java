package dev.pitot.socket.linux;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Connected UDP socket. One thread sends, one receives; any may query, shut down or close it.
final class LinuxUdpConnection implements UdpConnection {
    private static final int LONGEST_DATAGRAM = 65_535;

    /// Datagrams that the kernel cuts a call into (linux/udp.h: UDP_MAX_SEGMENTS).
    private static final int MAX_SEGMENTS = 128;

    /// The same of older kernels.
    private static final int OLD_MAX_SEGMENTS = 64;

    private final ConnectedSocket socket;
    private final boolean hasOffload;
    private final SocketIo sending = new SocketIo();
    private final SocketIo receiving = new SocketIo();
    private final PreConnectDatagrams early = new PreConnectDatagrams(); // used by the receiving thread
    private int datagramsPerCall; // for the sending thread
    private volatile boolean isShutDown; // the kernel then returns 0, as for an empty datagram

    LinuxUdpConnection(ConnectedSocket socket, boolean hasOffload) {
        this.socket = socket;
        this.hasOffload = hasOffload;
        datagramsPerCall = hasOffload ? MAX_SEGMENTS : 1;
    }

    /// Opens a connection. Datagrams that others send to its port before it is connected to
    /// `remote` are not returned by it.
    ///
    /// @param local address to bind to, or null for any
    /// @param strays receives the datagrams of others; null if the port is not shared
    static LinuxUdpConnection open(
            @Nullable InetSocketAddress local,
            InetSocketAddress remote,
            UdpSetup setup,
            @Nullable PreConnectDatagrams strays)
            throws SocketException {
        int domain = SocketAddresses.familyOf(remote);
        Descriptor socket = SocketCalls.open(domain, SocketCalls.SOCK_DGRAM, 0);
        int fd = socket.acquire();
        try (Arena arena = Arena.ofConfined()) {
            UdpOptions.apply(fd, setup, remote);
            if (strays != null) {
                SocketCalls.reuseAddress(fd);
            }
            if (local != null) {
                SocketCalls.bind(fd, SocketAddresses.encodeLocal(local, domain, arena));
            }
            MemorySegment address = SocketAddresses.encode(remote, arena);
            FlowLabel.use(fd, setup.settings().flowLabel(), address);
            SystemError.check(SocketCalls.connectNow(fd, address));
            boolean hasOffload = UdpOptions.offload(fd, setup, remote);
            return of(socket, fd, SocketAddresses.decode(address), hasOffload, strays);
        } catch (SocketException | RuntimeException e) {
            socket.close();
            throw e;
        } finally {
            socket.release(fd);
        }
    }

    /// Takes ownership of a connected socket; if this fails, the caller keeps it.
    ///
    /// @param fd the number of `socket`
    /// @param strays as in `open`
    static LinuxUdpConnection of(
            Descriptor socket,
            int fd,
            InetSocketAddress remote,
            boolean hasOffload,
            @Nullable PreConnectDatagrams strays)
            throws SocketException {
        var connection = new LinuxUdpConnection(ConnectedSocket.of(socket, fd, remote), hasOffload);
        connection.sort(fd, strays);
        return connection;
    }

    /// Sorts the datagrams that are already queued: those received before the socket was connected
    /// may come from anybody. From then on only the peer's arrive, so this ends when the queue of
    /// its datagrams is full, even if the peer sends continuously.
    private void sort(int fd, @Nullable PreConnectDatagrams strays) {
        try (Arena arena = Arena.ofConfined()) {
            var receivedDatagrams = new ReceivedDatagrams(arena);
            MemorySegment datagram = arena.allocate(LONGEST_DATAGRAM);
            long bytes = receivedDatagrams.receiveNow(fd, datagram.address(), LONGEST_DATAGRAM);
            while (bytes >= 0 && receivedDatagrams.hasSender()) {
                keep(
                        receivedDatagrams.sender(),
                        datagram.asSlice(0, Math.min(bytes, LONGEST_DATAGRAM)).asByteBuffer(),
                        strays);
                bytes = early.isFull() ? -1 : receivedDatagrams.receiveNow(fd, datagram.address(), LONGEST_DATAGRAM);
            }
        }
    }

    private void keep(InetSocketAddress sender, ByteBuffer content, @Nullable PreConnectDatagrams strays) {
        if (sender.equals(remote())) {
            early.add(new PreConnectDatagram(sender, content));
        } else if (strays != null) {
            strays.add(new PreConnectDatagram(sender, content));
        }
    }

    @Override
    public int send(ByteBuffer datagrams) throws IOException {
        long address = sending.addressOf(datagrams);
        int count = datagrams.remaining();
        if (count == 0) {
            return 0;
        }
        int fd = socket.acquire();
        try {
            long sent = sending.send(fd, address, count);
            if (sent == -SystemError.EAGAIN || sent == -SystemError.ENOBUFS || reduceSegments(fd, sent)) {
                return 0;
            }
            SystemError.check(sent);
            datagrams.position(datagrams.limit());
            return count;
        } finally {
            socket.release(fd);
        }
    }

    /// Reduces the datagrams of a call if the kernel refused to segment: a number above 64 (EINVAL), a path
    /// that has become narrower (EMSGSIZE, EINVAL), or a device or tunnel without support (EIO). All but the
    /// first would be refused for single datagrams too, as long as the option is set.
    ///
    /// @return false if that is not why the call failed
    private boolean reduceSegments(int fd, long result) {
        boolean isRefused =
                result == -SystemError.EINVAL || result == -SystemError.EMSGSIZE || result == -SystemError.EIO;
        if (!isRefused || datagramsPerCall == 1) {
            return false;
        }
        if (datagramsPerCall > OLD_MAX_SEGMENTS && result == -SystemError.EINVAL) {
            datagramsPerCall = OLD_MAX_SEGMENTS;
        } else {
            datagramsPerCall = 1;
            SocketOptions.set(fd, SocketOptions.SOL_UDP, SocketOptions.UDP_SEGMENT, 0);
        }
        return true;
    }

    @Override
    public int datagramsPerCall() {
        return datagramsPerCall;
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        return receive(block, SocketIo.MSG_TRUNC);
    }

    @Override
    public int receive(ByteBuffer block, long nanos) throws IOException {
        if (nanos > 0 && early.isEmpty() && !isShutDown) {
            int fd = socket.acquire();
            try {
                receiving.awaitInput(fd, nanos);
            } finally {
                socket.release(fd);
            }
        }
        return receiveNow(block);
    }

    @Override
    public int peek(ByteBuffer block) throws IOException {
        return receive(block, SocketIo.MSG_TRUNC | SocketIo.MSG_PEEK);
    }

    @Override
    public int receiveNow(ByteBuffer block) throws IOException {
        return receive(block, SocketIo.MSG_TRUNC | SocketIo.MSG_DONTWAIT);
    }

    private int receive(ByteBuffer block, int flags) throws IOException {
        long address = receiving.writableAddressOf(block);
        int room = block.remaining();
        if (room == 0) {
            return 0;
        }
        PreConnectDatagram first = early.peek();
        if (first != null) {
            return take(first, block, flags);
        }
        int fd = socket.acquire();
        try {
            int timeout = isShutDown ? SocketIo.MSG_DONTWAIT : 0; // earlier datagrams are still returned
            long received = receiving.receive(fd, address, room, flags | timeout);
            if (isShutDown && (received == 0 || received == -SystemError.EAGAIN)) {
                return -1;
            }
            int arrived = received == -SystemError.EAGAIN ? 0 : (int) SystemError.check(received);
            block.position(block.position() + Math.min(arrived, room));
            return arrived;
        } finally {
            socket.release(fd);
        }
    }

    private int take(PreConnectDatagram first, ByteBuffer block, int flags) {
        first.copyTo(block);
        if ((flags & SocketIo.MSG_PEEK) == 0) {
            early.poll();
        }
        return first.bytes();
    }

    @Override
    public long unsentBytes() {
        return Math.max(-1, socket.ask(fd -> SocketOptions.query(fd, SocketOptions.SIOCOUTQ)));
    }

    @Override
    public long receiveDrops() {
        return socket.ask(SocketOptions::receiveDrops);
    }

    @Override
    public boolean hasOffload() {
        return hasOffload;
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
        return socket.buffers();
    }

    @Override
    public void shutdown() {
        isShutDown = true;
        socket.shutdown(SocketCalls.SHUT_RDWR);
    }

    @Override
    public void close() {
        socket.close();
    }
}
