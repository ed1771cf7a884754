package dev.pitot.socket.portable;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
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
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final PreConnectDatagrams early; // used by the receiving thread
    private final SelectorWaiter sending;
    private final SelectorWaiter receiving;
    private volatile boolean isShutDown; // datagram channels can only be closed

    private PortableUdpConnection(DatagramChannel channel, PreConnectDatagrams early) throws IOException {
        this.channel = channel;
        this.early = early;
        local = (InetSocketAddress) channel.getLocalAddress();
        remote = (InetSocketAddress) channel.getRemoteAddress();
        sending = new SelectorWaiter(channel, SelectionKey.OP_WRITE);
        receiving = new SelectorWaiter(channel, SelectionKey.OP_READ);
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
            @Nullable PreConnectDatagrams strays)
            throws IOException {
        StandardProtocolFamily version = AddressFamilies.of(remote);
        DatagramChannel channel = open(version);
        var early = new PreConnectDatagrams();
        try {
            channel.configureBlocking(false);
            UdpChannelOptions.apply(channel, setup, remote);
            if (strays != null) {
                UdpChannelOptions.reusePort(channel);
            }
            if (local != null) {
                channel.bind(AddressFamilies.localFor(version, local));
            }
            if (strays != null) {
                sort(channel, remote, early, strays);
            }
            channel.connect(remote); // discards datagrams received since
            return new PortableUdpConnection(channel, early);
        } catch (IOException e) {
            channel.close();
            throw ErrnoMapper.of(e);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw ErrnoMapper.ofVersion(e);
        }
    }

    /// Opens an unbound channel.
    static DatagramChannel open(StandardProtocolFamily version) throws IOException {
        try {
            return DatagramChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw ErrnoMapper.ofVersion(e);
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    /// Sorts the datagrams received by a bound channel. Java discards all queued datagrams when it
    /// connects, so this is done before; datagrams that arrive between the two are lost, but an
    /// unanswered connect message is sent again.
    static void sort(
            DatagramChannel channel, InetSocketAddress remote, PreConnectDatagrams early, PreConnectDatagrams strays)
            throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        var sender = (InetSocketAddress) channel.receive(datagram);
        while (sender != null) {
            PreConnectDatagrams place = sender.equals(remote) ? early : strays;
            place.add(new PreConnectDatagram(sender, datagram.flip()));
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
                sending.await(WaitPolicy.MAX_SLICE_MILLIS);
                sent = write(datagrams);
            }
            return sent;
        } catch (IOException e) {
            return zeroIfWithoutMemory(ErrnoMapper.of(e));
        }
    }

    private int write(ByteBuffer datagram) throws IOException {
        if (isShutDown) {
            throw ErrnoMapper.BROKEN_PIPE.exception();
        }
        return channel.write(datagram);
    }

    /// A kernel without memory has accepted nothing.
    private static int zeroIfWithoutMemory(IOException e) throws IOException {
        if (e instanceof SocketException failure && failure.errno() == ErrnoMapper.NO_BUFFER_SPACE) {
            return 0;
        }
        throw e;
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        return receiveWithin(block, WaitPolicy.MAX_SLICE_MILLIS);
    }

    @Override
    public int receive(ByteBuffer block, long nanos) throws IOException {
        return receiveWithin(block, (int) Math.ceilDiv(nanos, NANOS_PER_MILLI));
    }

    @Override
    public int receiveNow(ByteBuffer block) throws IOException {
        return receiveWithin(block, 0);
    }

    private int receiveWithin(ByteBuffer block, int millis) throws IOException {
        requireDirect(block);
        if (!block.hasRemaining()) {
            return 0;
        }
        PreConnectDatagram first = early.poll();
        return first != null ? first.copyTo(block) : read(block, millis);
    }

    private int read(ByteBuffer block, int millis) throws IOException {
        try {
            int received = channel.read(block);
            if (received == 0 && millis > 0 && !isShutDown) {
                receiving.await(millis);
                received = channel.read(block);
            }
            return received == 0 && isShutDown ? -1 : received;
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    @Override
    public int peek(ByteBuffer block) throws IOException {
        requireDirect(block);
        if (early.isEmpty()) {
            ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
            int received = read(datagram, WaitPolicy.MAX_SLICE_MILLIS);
            if (received <= 0) {
                return received;
            }
            early.add(new PreConnectDatagram(remote, datagram.flip()));
        }
        PreConnectDatagram first = early.peek();
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
    public long receiveDrops() {
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
            throw ErrnoMapper.of(e);
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
        QuietClose.ignoreFailure(channel::close);
        QuietClose.ignoreFailure(sending::close);
        QuietClose.ignoreFailure(receiving::close);
    }
}
