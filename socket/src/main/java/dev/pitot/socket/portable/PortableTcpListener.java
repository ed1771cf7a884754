package dev.pitot.socket.portable;

import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpListener;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Listening channel in non-blocking mode. One thread accepts, any may close.
final class PortableTcpListener implements TcpListener {
    private final ServerSocketChannel channel;
    private final InetSocketAddress local;
    private final boolean onlyV6;
    private final BufferSizes buffers;
    private final SelectorWaiter accepting;
    private volatile boolean isShutDown;

    /// Takes ownership of a bound, non-blocking channel; if this fails, the caller keeps it.
    ///
    /// @param onlyV6 whether IPv4 connections are closed: java.nio cannot set IPV6_V6ONLY
    PortableTcpListener(ServerSocketChannel channel, boolean onlyV6) throws IOException {
        this.channel = channel;
        this.onlyV6 = onlyV6;
        local = (InetSocketAddress) channel.getLocalAddress();
        buffers = ordinary();
        accepting = new SelectorWaiter(channel, SelectionKey.OP_ACCEPT);
    }

    /// Returns the initial buffer sizes of connections: a listening channel does not report both.
    private static BufferSizes ordinary() throws IOException {
        try (SocketChannel sample = SocketChannel.open()) {
            return ChannelOptions.buffers(sample);
        }
    }

    @Override
    public TcpConnection accept(WaitPolicy waitPolicy) throws IOException {
        try {
            SocketChannel accepted = channel.accept();
            while (accepted == null || !isWanted(accepted)) {
                int millis = waitPolicy.nextSliceMillis();
                if (isShutDown) {
                    throw new ClosedChannelException();
                }
                accepting.await(millis);
                accepted = channel.accept();
            }
            return connection(accepted);
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    private boolean isWanted(SocketChannel accepted) throws IOException {
        if (onlyV6 && ((InetSocketAddress) accepted.getRemoteAddress()).getAddress() instanceof Inet4Address) {
            accepted.close();
            return false;
        }
        return true;
    }

    private TcpConnection connection(SocketChannel accepted) throws IOException {
        try {
            accepted.configureBlocking(false);
            return new PortableTcpConnection(accepted, buffers);
        } catch (IOException e) {
            accepted.close();
            throw e;
        }
    }

    @Override
    public void trafficClass(int trafficClass) {
        // java.nio has no such option for a listener
    }

    @Override
    public void shutdown() {
        isShutDown = true;
        accepting.wake();
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public void close() {
        try (accepting) {
            channel.close();
        } catch (IOException _) { // nothing can be done about it
        }
    }
}
