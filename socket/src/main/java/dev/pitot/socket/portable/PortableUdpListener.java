package dev.pitot.socket.portable;

import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.datagram.PreConnectDatagram;
import dev.pitot.socket.datagram.PreConnectDatagrams;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// Bound, unconnected UDP channel in non-blocking mode. One thread receives and connects, any may
/// close.
///
/// On Linux, BSD and macOS a connected channel at the same port receives its peer's datagrams
/// instead of this one; not tested on BSD and macOS.
final class PortableUdpListener implements UdpListener {
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final boolean onlyV6;
    private final SelectorWaiter receiving;
    private final PreConnectDatagrams strays = new PreConnectDatagrams();

    /// Takes ownership of a bound, non-blocking channel; if this fails, the caller keeps it.
    ///
    /// @param onlyV6 whether datagrams of IPv4 senders are ignored: java.nio cannot set IPV6_V6ONLY
    PortableUdpListener(DatagramChannel channel, boolean onlyV6) throws IOException {
        this.channel = channel;
        this.onlyV6 = onlyV6;
        local = (InetSocketAddress) channel.getLocalAddress();
        receiving = new SelectorWaiter(channel, SelectionKey.OP_READ);
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer datagram) throws IOException {
        if (!datagram.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + datagram);
        }
        try {
            if (!channel.isOpen()) { // stray datagrams are not returned either
                throw new ClosedChannelException();
            }
            PreConnectDatagram stray = strays.poll();
            if (stray != null) {
                stray.copyTo(datagram);
                return stray.sender();
            }
            return receiveWanted(datagram);
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    private @Nullable InetSocketAddress receiveWanted(ByteBuffer datagram) throws IOException {
        int start = datagram.position();
        var sender = (InetSocketAddress) channel.receive(datagram);
        if (sender == null) {
            receiving.await(WaitPolicy.MAX_SLICE_MILLIS);
            sender = (InetSocketAddress) channel.receive(datagram);
        }
        if (sender != null && onlyV6 && sender.getAddress() instanceof Inet4Address) {
            datagram.position(start);
            return null;
        }
        return sender;
    }

    @Override
    public void ignoreLonger(int bytes) {
        strays.ignoreLonger(bytes);
    }

    @Override
    public UdpConnection connect(InetSocketAddress sender, UdpSetup setup) throws IOException {
        InetSocketAddress chosen = setup.local();
        InetSocketAddress place = chosen == null ? local : new InetSocketAddress(chosen.getAddress(), local.getPort());
        return PortableUdpConnection.open(place, sender, setup, strays);
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public void close() {
        QuietClose.ignoreFailure(channel::close);
        QuietClose.ignoreFailure(receiving::close);
    }
}
