package dev.pitot.engine;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.ZeroCopyBlock;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connection without a peer: accepts everything that is sent, receives nothing, and returns the given
/// TCP_INFO.
public final class StubConnection implements TcpConnection {
    private final Runnable onShutdownOutput;
    private @Nullable TcpInfo info;
    private int asked;
    private int lowWaterMark = 1;
    private final List<Integer> zeroCopyCalls = new ArrayList<>();

    public StubConnection() {
        this(() -> {});
    }

    /// @param onShutdownOutput called by each `shutdownOutput`
    public StubConnection(Runnable onShutdownOutput) {
        this.onShutdownOutput = onShutdownOutput;
    }

    /// Number of calls of `info`.
    public int asked() {
        return asked;
    }

    /// Bytes of each call that sent without copying.
    public List<Integer> zeroCopyCalls() {
        return zeroCopyCalls;
    }

    /// Low-water mark that was set last.
    public int lowWaterMark() {
        return lowWaterMark;
    }

    @Override
    public boolean setLowWaterMark(int bytes) {
        lowWaterMark = bytes;
        return true;
    }

    /// Has no values of the kernel any more.
    public void lose() {
        info = null;
    }

    /// Sets all the kernel's values from now on.
    public void tell(Map<TcpField, Long> fields) {
        var sample = new TcpSample(0, new TcpSample.SendWindow(0, 0), new TcpSample.RoundTrip(0, 0), 0, 0);
        info = new TcpInfo(sample, KernelValues.of(TcpField.class, fields));
    }

    /// Sets the kernel's values from now on.
    public void tell(long retransmits, long congestionBytes, long smoothedMicros) {
        var sample = new TcpSample(
                retransmits,
                new TcpSample.SendWindow(congestionBytes, 65_536),
                new TcpSample.RoundTrip(smoothedMicros, 10),
                1500,
                0);
        info = new TcpInfo(sample, KernelValues.of(TcpField.class, Map.of()));
    }

    @Override
    public int send(ByteBuffer block) {
        int n = block.remaining();
        block.position(block.limit());
        return n;
    }

    @Override
    public int send(ZeroCopyBlock block, int offset, int count) {
        zeroCopyCalls.add(count);
        return count;
    }

    @Override
    public int receive(ByteBuffer block) {
        return -1;
    }

    @Override
    public int discard(int count) {
        return -1;
    }

    @Override
    public void apply(TcpSetup setup) {
        // There is nothing to set.
    }

    @Override
    public InetSocketAddress local() {
        return InetSocketAddress.createUnresolved("local", 1);
    }

    @Override
    public InetSocketAddress remote() {
        return InetSocketAddress.createUnresolved("remote", 2);
    }

    @Override
    public BufferSizes buffers() {
        return new BufferSizes(1, 2);
    }

    @Override
    public @Nullable String congestion() {
        return null;
    }

    @Override
    public KeepAlive keepAlive() {
        return KeepAlive.DEFAULT;
    }

    @Override
    public int mss() {
        return 0;
    }

    @Override
    public @Nullable TcpInfo info() {
        asked++;
        return info;
    }

    @Override
    public long unacknowledgedBytes() {
        return 0;
    }

    @Override
    public long unreadBytes() {
        return 0;
    }

    @Override
    public void shutdownOutput() {
        onShutdownOutput.run();
    }

    @Override
    public void shutdown() {
        // There is no peer.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
