package dev.pitot.socket.portable;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.socket.ZeroCopyBlock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Connected channel in non-blocking mode. One thread sends, one receives; any may query, shut down
/// or close it.
final class PortableTcpConnection implements TcpConnection {
    private static final long UNKNOWN = -1;

    private final SocketChannel channel;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final SelectorWaiter sending;
    private final SelectorWaiter receiving;
    private volatile BufferSizes granted;

    /// Takes ownership of a connected, non-blocking channel; if this fails, the caller keeps it.
    ///
    /// @param granted buffer sizes before the connection was made: the kernel changes them later
    PortableTcpConnection(SocketChannel channel, BufferSizes granted) throws IOException {
        this.channel = channel;
        this.granted = granted;
        local = (InetSocketAddress) channel.getLocalAddress();
        remote = (InetSocketAddress) channel.getRemoteAddress();
        sending = new SelectorWaiter(channel, SelectionKey.OP_WRITE);
        receiving = new SelectorWaiter(channel, SelectionKey.OP_READ);
    }

    @Override
    public int send(ByteBuffer block) throws IOException {
        requireDirect(block);
        try {
            int sent = channel.write(block);
            if (sent == 0 && block.hasRemaining()) {
                sending.await(WaitPolicy.MAX_SLICE_MILLIS);
                sent = channel.write(block);
            }
            return sent;
        } catch (IOException e) {
            throw reason(e);
        }
    }

    @Override
    public int send(ZeroCopyBlock block, int offset, int count) throws IOException {
        if (!(block instanceof PortableZeroCopyBlock file)) {
            throw new IllegalArgumentException("block of another socket family: " + block);
        }
        Objects.checkFromIndexSize(offset, count, block.bytes());
        try {
            int sent = file.transferTo(channel, offset, count);
            if (sent == 0 && count > 0) {
                sending.await(WaitPolicy.MAX_SLICE_MILLIS);
                sent = file.transferTo(channel, offset, count);
            }
            return sent;
        } catch (IOException e) {
            throw reason(e);
        }
    }

    @Override
    public int receive(ByteBuffer block) throws IOException {
        requireDirect(block);
        if (!block.hasRemaining()) {
            return 0;
        }
        try {
            int received = channel.read(block);
            if (received == 0) {
                receiving.await(WaitPolicy.MAX_SLICE_MILLIS);
                received = channel.read(block);
            }
            return received;
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    private static void requireDirect(ByteBuffer block) {
        if (!block.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + block);
        }
    }

    /// After `shutdown`, a channel reports its sending side as closed where the system reports a
    /// broken pipe.
    private IOException reason(IOException e) {
        boolean isShutDown = e instanceof ClosedChannelException && channel.isOpen();
        return isShutDown ? ErrnoMapper.BROKEN_PIPE.exception(e) : ErrnoMapper.of(e);
    }

    @Override
    public int discard(int count) throws IOException {
        throw new UnsupportedOperationException("java.nio cannot receive without copying");
    }

    @Override
    public void apply(TcpSetup setup) throws IOException {
        try {
            TcpChannelOptions.apply(channel, setup);
            if (setup.settings().windowBytes() != 0) {
                granted = ChannelOptions.buffers(channel);
            }
        } catch (ClosedChannelException e) {
            throw ErrnoMapper.of(e);
        }
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
            ChannelOptions.buffers(channel); // fails if the connection is closed
            return granted;
        } catch (ClosedChannelException e) {
            throw ErrnoMapper.of(e);
        }
    }

    @Override
    public @Nullable String congestion() {
        return null;
    }

    @Override
    public KeepAlive keepAlive() throws IOException {
        return TcpChannelOptions.keepAlive(channel);
    }

    @Override
    public int mss() {
        return 0;
    }

    @Override
    public @Nullable TcpInfo info() {
        return null;
    }

    @Override
    public long unacknowledgedBytes() {
        return UNKNOWN;
    }

    @Override
    public long unreadBytes() {
        return UNKNOWN;
    }

    @Override
    public void shutdownOutput() {
        QuietClose.ignoreFailure(channel::shutdownOutput);
    }

    @Override
    public void shutdown() {
        QuietClose.ignoreFailure(channel::shutdownInput);
        QuietClose.ignoreFailure(channel::shutdownOutput);
        sending.wake(); // not every system's selector notices the shutdown
        receiving.wake();
    }

    @Override
    public void close() {
        QuietClose.ignoreFailure(channel::close);
        QuietClose.ignoreFailure(sending::close);
        QuietClose.ignoreFailure(receiving::close);
    }
}
