package dev.pitot.socket.portable;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.Patience;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.datagram.EarlyDatagram;
import dev.pitot.socket.datagram.EarlyDatagrams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/// Connected UDP channel in non-blocking mode. One thread sends, one receives; any may query, shut
/// down or close it.
///
/// Java cannot peek at a datagram, so peeked datagrams are kept here.
final class PortableUdpConnection implements UdpConnection {
    private static final int LONGEST_DATAGRAM = 65_535;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final EarlyDatagrams early; // used by the receiving thread
    private final Readiness sending;
    private final Readiness receiving;
    private volatile boolean isShutDown; // datagram channels can only be closed

    private PortableUdpConnection(DatagramChannel channel, EarlyDatagrams early) throws IOException {
        this.channel = channel;
        this.early = early;
        local = (InetSocketAddress) channel.getLocalAddress();
        remote = (InetSocketAddress) channel.getRemoteAddress();
        sending = new Readiness(channel, SelectionKey.OP_WRITE);
        receiving = new Readiness(channel, SelectionKey.OP_READ);
    }

    /// Opens a connection. Datagrams that others send to its port before it is connected to
    /// `remote` are not returned by it.
    ///
    /// @param local address to bind to, or null for any
    /// @param strays receives the datagrams of others; null if the port is not shared
    static PortableUdpConnection open(
            @Nullable InetSocketAddress local,
            InetSocketAddress remote,
            UdpSetup setup,
            @Nullable EarlyDatagrams strays)
            throws IOException {
        StandardProtocolFamily version = IpVersions.of(remote);
        DatagramChannel channel = open(version);
        var early = new EarlyDatagrams();
        try {
            channel.configureBlocking(false);
            UdpChannelOptions.apply(channel, setup, remote);
            if (strays != null) {
                UdpChannelOptions.reusePort(channel);
            }
            if (local != null) {
                channel.bind(IpVersions.localFor(version, local));
            }
            if (strays != null) {
                sort(channel, remote, early, strays);
            }
            channel.connect(remote); // discards datagrams received since
            return new PortableUdpConnection(channel, early);
        } catch (IOException e) {
            channel.close();
            throw Reasons.of(e);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw Reasons.ofVersion(e);
        }
    }

    /// Opens an unbound channel.
    static DatagramChannel open(StandardProtocolFamily version) throws IOException {
        try {
            return DatagramChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw Reasons.ofVersion(e);
        } catch (IOException e) {
            throw Reasons.of(e);
        }
    }

    /// Sorts the datagrams received by a bound channel. Java discards all queued datagrams when it
    /// connects, so this is done before; datagrams that arrive between the two are lost, but an
    /// unanswered connect message is sent again.
    static void sort(DatagramChannel channel, InetSocketAddress remote, EarlyDatagrams early, EarlyDatagrams strays)
            throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        var sender = (InetSocketAddress) channel.receive(datagram);
        while (sender != null) {
            EarlyDatagrams place = sender.equals(remote) ? early : strays;
            place.add(new EarlyDatagram(sender, datagram.flip()));
            boolean isEnough = early.isFull() || strays.isFull();
            sender = isEnough ? null : (InetSocketAddress) channel.receive(datagram.clear());
        }
    }

    @Override
    public int send(ByteBuffer datagrams) throws IOException {
        requireDirect(datagrams);
        if (!datagrams.hasRemaining()) {
            return 0;
        }
        try {
            int sent = write(datagrams);
            if (sent == 0) {
                sending.await(Patience.MAX_SLICE_MILLIS);
                sent = write(datagrams);
            }
            return sent;
        } catch (IOException e) {
            return zeroIfWithoutMemory(Reasons.of(e));
        }
    }

    private int write(ByteBuffer datagram) throws IOException {
        if (isShutDown) {
            throw Reasons.BROKEN_PIPE.exception();
        }
        return channel.write(datagram);
    }

    /// A kernel without memory has accepted nothing.
    private static int zeroIfWithoutMemory(IOException e) throws IOException {
        if (e instanceof SocketException failure && failure.errno() == Reasons.NO_BUFFER_SPACE) {
            return 0;
        }
        throw e;
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        return receive(block, true);
    }

    @Override
    public int receiveNow(ByteBuffer block) throws IOException {
        return receive(block, false);
    }

    private int receive(ByteBuffer block, boolean mayWait) throws IOException {
        requireDirect(block);
        if (!block.hasRemaining()) {
            return 0;
        }
        EarlyDatagram first = early.poll();
        return first != null ? first.copyTo(block) : read(block, mayWait);
    }

    private int read(ByteBuffer block, boolean mayWait) throws IOException {
        try {
            int received = channel.read(block);
            if (received == 0 && mayWait && !isShutDown) {
                receiving.await(Patience.MAX_SLICE_MILLIS);
                received = channel.read(block);
            }
            return received == 0 && isShutDown ? -1 : received;
        } catch (IOException e) {
            throw Reasons.of(e);
        }
    }

    @Override
    public int peek(ByteBuffer block) throws IOException {
        requireDirect(block);
        if (early.isEmpty()) {
            ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
            int received = read(datagram, true);
            if (received <= 0) {
                return received;
            }
            early.add(new EarlyDatagram(remote, datagram.flip()));
        }
        EarlyDatagram first = early.peek();
        return first == null ? 0 : first.copyTo(block);
    }

    private static void requireDirect(ByteBuffer block) {
        if (!block.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + block);
        }
    }

    @Override
    public long unsentBytes() {
        return -1;
    }

    @Override
    public boolean hasOffload() {
        return false;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public BufferSizes buffers() throws IOException {
        try {
            return ChannelOptions.buffers(channel);
        } catch (IOException e) {
            throw Reasons.of(e);
        }
    }

    @Override
    public void shutdown() {
        isShutDown = true;
        sending.wake();
        receiving.wake();
    }

    @Override
    public void close() {
        Ending.ignoreFailure(channel::close);
        Ending.ignoreFailure(sending::close);
        Ending.ignoreFailure(receiving::close);
    }
}
