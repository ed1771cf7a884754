package dev.pitot.socket.portable;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.socket.ListenSetup;
import dev.pitot.socket.ProcessTimes;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpListener;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Socket family based on java.nio. Transfers data and sets the options that java.nio supports.
public final class PortableFamily implements SocketFamily {
    private static final int BACKLOG =
            Integer.MAX_VALUE; // as iperf (net.c: netannounce); systems have their own limits

    /// Does nothing.
    public PortableFamily() {}

    @Override
    public String name() {
        return "portable";
    }

    /// The options that Java supports depend on the system, so a channel of each kind is queried.
    @Override
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        try (SocketChannel tcp = SocketChannel.open();
                DatagramChannel udp = DatagramChannel.open()) {
            if (TcpChannelOptions.hasKeepAlive(tcp)) {
                features.add(Feature.KEEP_ALIVE);
            }
            features.addAll(ChannelOptions.switches(udp));
        } catch (IOException _) { // if no channel can be opened, all other calls fail too
        }
        return Collections.unmodifiableSet(features);
    }

    @Override
    public TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException {
        StandardProtocolFamily version = AddressFamilies.of(remote);
        SocketChannel channel = open(version);
        try {
            channel.configureBlocking(false);
            TcpChannelOptions.apply(channel, setup);
            if (setup.local() != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(AddressFamilies.localFor(version, setup.local()));
            }
            BufferSizes granted = ChannelOptions.buffers(channel);
            finish(channel, remote, waitPolicy);
            return new PortableTcpConnection(channel, granted);
        } catch (IOException e) {
            channel.close();
            throw ErrnoMapper.of(e);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            throw ErrnoMapper.ofVersion(e);
        } catch (RuntimeException e) { // thrown by the wait policy
            channel.close();
            throw e;
        }
    }

    private static SocketChannel open(StandardProtocolFamily version) throws IOException {
        try {
            return SocketChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw ErrnoMapper.ofVersion(e);
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    private static void finish(SocketChannel channel, InetSocketAddress remote, WaitPolicy waitPolicy)
            throws IOException {
        if (channel.connect(remote)) {
            return;
        }
        try (var connecting = new SelectorWaiter(channel, SelectionKey.OP_CONNECT)) {
            while (!channel.finishConnect()) {
                connecting.await(waitPolicy.nextSliceMillis());
            }
        }
    }

    @Override
    public TcpListener listen(InetSocketAddress local, ListenSetup setup) throws IOException {
        ChannelOptions.refuse(setup.device() != null, Feature.BIND_DEVICE, IperfError.BIND_DEVICE);
        TcpChannelOptions.refuseTransport(setup.transport());
        ServerSocketChannel channel = openListener(AddressFamilies.of(local));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local, BACKLOG);
            return new PortableTcpListener(channel, setup.onlyV6());
        } catch (IOException e) {
            channel.close();
            throw ErrnoMapper.of(e);
        }
    }

    private static ServerSocketChannel openListener(StandardProtocolFamily version) throws IOException {
        try {
            return ServerSocketChannel.open(version);
        } catch (UnsupportedOperationException e) {
            throw ErrnoMapper.ofVersion(e);
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    @Override
    public UdpConnection connectUdp(InetSocketAddress remote, UdpSetup setup) throws IOException {
        return PortableUdpConnection.open(setup.local(), remote, setup, null);
    }

    @Override
    public UdpListener listenUdp(InetSocketAddress local, ListenSetup setup) throws IOException {
        ChannelOptions.refuse(setup.device() != null, Feature.BIND_DEVICE, IperfError.BIND_DEVICE);
        DatagramChannel channel = PortableUdpConnection.open(AddressFamilies.of(local));
        try {
            channel.configureBlocking(false);
            UdpChannelOptions.reusePort(channel);
            UdpChannelOptions.raiseReceiveBuffer(channel);
            channel.bind(local);
            return new PortableUdpListener(channel, setup.onlyV6());
        } catch (IOException e) {
            channel.close();
            throw ErrnoMapper.of(e);
        }
    }

    @Override
    public void bindToCore(int core) {
        throw new UnsupportedOperationException("Java cannot bind a thread to a processor core");
    }

    @Override
    public ZeroCopyBlock zeroCopyBlock(ByteBuffer payload) throws IOException {
        return PortableZeroCopyBlock.of(payload);
    }

    @Override
    public long threadId() {
        return -1;
    }

    @Override
    public Evidence.@Nullable ThreadTimes threadTimes(long threadId) {
        return null;
    }

    @Override
    public KernelValues<HostCounter> hostCounters() {
        return KernelValues.of(HostCounter.class, Map.of());
    }

    @Override
    public ProcessTimes processTimes() {
        Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessTimes(total.toNanos(), 0);
    }
}
