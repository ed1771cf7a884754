package dev.pitot.socket.portable;

import dev.pitot.socket.Patience;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Set;

/// Sockets by java.nio. Moves bytes, and sets what java.nio can set.
public final class PortableFamily implements SocketFamily {
    private static final int BACKLOG =
            Integer.MAX_VALUE; // as iperf (net.c: netannounce); systems have limits of their own
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    /// Opens nothing.
    public PortableFamily() {}

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public Set<Feature> features() {
        return Set.of();
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, Patience patience) throws IOException {
        StandardProtocolFamily version = versionOf(remote);
        SocketChannel channel = open(version);
        try {
            channel.configureBlocking(false);
            ChannelOptions.apply(channel, setup);
            if (setup.local() != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(localFor(version, setup.local()));
            }
            finish(channel, remote, patience);
            return new PortableTcpConnection(channel);
        } catch (IOException e) {
            channel.close();
            throw Reasons.of(e);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw Reasons.ofVersion(e);
        } catch (RuntimeException e) { // patience may object
            channel.close();
            throw e;
        }
    }

    private static SocketChannel open(StandardProtocolFamily version) throws IOException {
        try {
            return SocketChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw Reasons.ofVersion(e);
        } catch (IOException e) {
            throw Reasons.of(e);
        }
    }

    private static void finish(SocketChannel channel, InetSocketAddress remote, Patience patience) throws IOException {
        if (channel.connect(remote)) {
            return;
        }
        try (var connecting = new Readiness(channel, SelectionKey.OP_CONNECT)) {
            while (!channel.finishConnect()) {
                connecting.await(patience.nextSliceMillis());
            }
        }
    }

    @Override
    public TcpListener listen(InetSocketAddress local, boolean onlyV6) throws IOException {
        ServerSocketChannel channel = openListener(versionOf(local));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local, BACKLOG);
            return new PortableTcpListener(channel, onlyV6);
        } catch (IOException e) {
            channel.close();
            throw Reasons.of(e);
        }
    }

    private static ServerSocketChannel openListener(StandardProtocolFamily version) throws IOException {
        try {
            return ServerSocketChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw Reasons.ofVersion(e);
        } catch (IOException e) {
            throw Reasons.of(e);
        }
    }

    private static StandardProtocolFamily versionOf(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /// Java's wildcard has a version of its own, but means any.
    private static InetSocketAddress localFor(StandardProtocolFamily version, InetSocketAddress local)
            throws IOException {
        if (versionOf(local) != version && local.getAddress().isAnyLocalAddress()) {
            byte[] anywhere = new byte[version == StandardProtocolFamily.INET ? V4_BYTES : V6_BYTES];
            return new InetSocketAddress(InetAddress.getByAddress(anywhere), local.getPort());
        }
        return local;
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        return PortableZeroCopyBlock.of(payload);
    }

    @Override
    public ProcessTimes processTimes() {
        Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessTimes(total.toNanos(), 0);
    }
}
