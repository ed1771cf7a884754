package dev.pitot.message.socket;

import dev.pitot.message.link.ReasonText;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A non-blocking UDP socket, of both IPv4 and IPv6 where the system has them. One thread owns
/// it; any may wake or close it. No call throws but those that open it.
public final class NioUdpSocket implements UdpSocket {
    /// Size that is asked for; the system may grant less (Linux: net.core.rmem_max).
    public static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

    /// Room for datagrams that wait for a slow network interface.
    private static final int SEND_BUFFER_BYTES = 1024 * 1024;

    /// No protocol here sends more than 1400 bytes; what fills this was cut off, so it is
    /// ignored.
    private static final int ROOM = 4096;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A selector waits whole milliseconds; shorter waits look again and again.
    private static final long LONGEST_NAP_NANOS = 50_000;

    private final DatagramChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final boolean connected;
    private final InetSocketAddress local;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
    private long ignored;
    private long full;
    private long unreachable;
    private long failed;
    private @Nullable String lastFailure;
    private volatile boolean closed;

    private NioUdpSocket(DatagramChannel channel, SelectionKey key) throws IOException {
        this.channel = channel;
        this.key = key;
        selector = key.selector();
        connected = channel.isConnected();
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    /// Opens a port that only hears its peer, of the address that the system chooses.
    public static NioUdpSocket connected(InetSocketAddress peer) throws IOException {
        return connected(peer, null);
    }

    /// Opens a port that only hears its peer: the system drops what others send.
    ///
    /// @param peer resolved, with a port
    /// @param local address of this machine that it sends from; null for the system's choice
    /// @throws IOException with a sentence, if there is no way to that address
    public static NioUdpSocket connected(InetSocketAddress peer, @Nullable InetAddress local) throws IOException {
        try {
            return open(channel -> {
                if (local != null) {
                    channel.bind(new InetSocketAddress(local, 0));
                }
                channel.connect(peer);
            });
        } catch (SocketException e) {
            if (local != null && e instanceof BindException) {
                throw explained(
                        "this machine has no address " + local.getHostAddress() + ": choose one that it has, or none.",
                        e);
            }
            throw explained(
                    "No datagrams can be sent to " + ReasonText.of(peer) + " (" + e.getMessage()
                            + "): choose another address.",
                    e);
        } catch (UnsupportedAddressTypeException | UnresolvedAddressException e) {
            throw explained("This system has no way to " + ReasonText.of(peer) + ": choose another address.", e);
        }
    }

    /// Opens a port that hears everybody.
    ///
    /// @param local where; port 0 lets the system choose. The wildcard address of either family
    ///     hears both
    /// @throws BindException with a sentence, if the port is taken, or not ours to take
    /// @throws IOException with a sentence, if the address is none of this machine
    public static NioUdpSocket bound(InetSocketAddress local) throws IOException {
        try {
            return open(channel -> channel.bind(
                    local.getAddress() != null && local.getAddress().isAnyLocalAddress()
                            ? new InetSocketAddress(local.getPort())
                            : local));
        } catch (BindException e) {
            if (!isOfThisMachine(local)) {
                throw explained(
                        "this machine has no address " + local.getHostString()
                                + ": choose one that it has, or none for all.",
                        e);
            }
            var reported = new BindException("UDP port " + local.getPort() + " of " + local.getHostString()
                    + " cannot be listened on (" + e.getMessage() + "): choose another, or stop what has it.");
            reported.initCause(e);
            throw reported;
        } catch (SocketException e) {
            throw explained(
                    ReasonText.of(local) + " cannot be listened on (" + e.getMessage() + "): choose another address.",
                    e);
        } catch (UnsupportedAddressTypeException | UnresolvedAddressException e) {
            throw explained("This system has no address " + ReasonText.of(local) + ": choose another.", e);
        }
    }

    @Override
    public boolean send(ByteBuffer datagram, @Nullable InetSocketAddress to) {
        int start = datagram.position();
        int bytes = datagram.remaining();
        try {
            int taken = connected || to == null ? channel.write(datagram) : channel.send(datagram, to);
            if (taken < bytes) {
                full++;
                return false;
            }
            return true;
        } catch (PortUnreachableException _) { // the answer to an earlier datagram: this one did not leave
            unreachable++;
            return true;
        } catch (ClosedChannelException _) { // closed by another thread
            return false;
        } catch (IOException | IllegalArgumentException e) { // no route, a filter, an address of the other family
            onFailed(e);
            return true;
        } finally {
            datagram.position(start);
        }
    }

    @Override
    public int receive(int most, DatagramHandler handler) {
        int handedOver = 0;
        for (int tried = 0; tried < most; tried++) {
            buffer.clear();
            InetSocketAddress from = next();
            if (from == null) {
                break;
            }
            int bytes = buffer.flip().remaining();
            if (bytes == 0 || bytes == ROOM) {
                ignored++;
                continue;
            }
            handedOver++;
            handler.datagram(buffer, from);
        }
        return handedOver;
    }

    private @Nullable InetSocketAddress next() {
        try {
            return (InetSocketAddress) channel.receive(buffer);
        } catch (PortUnreachableException _) { // the answer to something that was sent; there may be more behind it
            unreachable++;
        } catch (ClosedChannelException _) { // closed by another thread: nothing comes any more
        } catch (IOException e) {
            onFailed(e);
        }
        return null;
    }

    @Override
    public void await(long nanos, boolean isReading) {
        if (nanos <= 0 || closed) {
            return;
        }
        try {
            int interest = isReading ? SelectionKey.OP_READ : 0;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
            if (nanos < NANOS_PER_MILLI) {
                if (selector.selectNow() == 0) {
                    LockSupport.parkNanos(Math.min(nanos, LONGEST_NAP_NANOS));
                }
            } else {
                selector.select(nanos / NANOS_PER_MILLI);
            }
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException | CancelledKeyException _) { // closed by another thread
        } catch (IOException e) {
            onFailed(e);
            LockSupport.parkNanos(LONGEST_NAP_NANOS); // not a loop at full speed
        }
    }

    private void onFailed(Exception failure) {
        failed++;
        lastFailure = failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public long unreachable() {
        return unreachable;
    }

    @Override
    public SocketCounts counts() {
        return new SocketCounts(ignored, full, unreachable, failed, lastFailure);
    }

    @Override
    public void close() {
        closed = true;
        try (channel;
                selector) {
            selector.wakeup();
        } catch (IOException _) { // there is nothing left to lose
        }
    }

    private static NioUdpSocket open(SocketBinder binder) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            ask(channel, StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            ask(channel, StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            binder.place(channel);
            Selector selector = Selector.open();
            return new NioUdpSocket(channel, channel.register(selector, SelectionKey.OP_READ));
        } catch (IOException | RuntimeException e) { // whatever it is, the channel must not stay open
            channel.close();
            throw e;
        }
    }

    private static boolean isOfThisMachine(InetSocketAddress local) throws SocketException {
        return local.getAddress().isAnyLocalAddress() || NetworkInterface.getByInetAddress(local.getAddress()) != null;
    }

    private static void ask(DatagramChannel channel, SocketOption<Integer> option, int bytes) {
        try {
            channel.setOption(option, bytes);
        } catch (IOException _) { // a wish: what the system gives by itself does too
        }
    }

    private static IOException explained(String sentence, Exception cause) {
        return new IOException(sentence, cause);
    }

    /// Binds or connects a channel.
    @FunctionalInterface
    private interface SocketBinder {
        void place(DatagramChannel channel) throws IOException;
    }
}
