package dev.pitot.probe.stamp;

import dev.pitot.model.text.ErrorText;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/// A Session-Reflector. It answers to where a packet came from, never with more octets than came, and not to
/// what may be an answer itself. One thread runs it; any thread may close it or read its counts.
public final class StampReflector implements AutoCloseable {
    private static final int MAX_BYTES = 2048; // of an answer; the rest of a longer packet is not repeated
    private static final int BATCH = 64;
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final ReflectorPlan plan;
    private final StampLayout layout;
    private final DatagramChannel channel;
    private final Selector selector;
    private final int port;
    private final InstantSource wall = InstantSource.system();
    private final StampClock clock = StampClock.system();
    private final ReflectorSessions sessions = new ReflectorSessions();
    private final AnswerRate rate;
    private final ByteBuffer packet = ByteBuffer.allocate(MAX_BYTES);
    private final int estimate;
    private final LongAdder received = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final LongAdder looped = new LongAdder();
    private final LongAdder limited = new LongAdder();
    private volatile boolean isClosed;

    /// Listens; answers come from [#run()].
    ///
    /// @param local where it listens; port 0 lets the system choose
    /// @throws IOException with a sentence, if it cannot listen there
    public StampReflector(InetSocketAddress local, ReflectorPlan plan) throws IOException {
        this.plan = plan;
        layout = StampLayout.of(plan.options().key());
        estimate = plan.options().estimate().encode();
        rate = new AnswerRate(plan.perSource(), plan.total(), clock.now());
        selector = Selector.open();
        channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, false); // an answer to all would be an amplifier
            channel.bind(local).configureBlocking(false).register(selector, SelectionKey.OP_READ);
            port = localAddress().getPort();
        } catch (IOException e) {
            close();
            throw refused(local, e);
        }
    }

    private static IOException refused(InetSocketAddress local, IOException e) {
        String where = "cannot listen on UDP port " + local.getPort() + ": " + ErrorText.of(e);
        boolean isPrivilege = String.valueOf(e.getMessage()).contains("Permission denied");
        return new IOException(
                isPrivilege
                        ? where + ": ports below 1024 need a privilege, so start it as root, or with"
                                + " setcap cap_net_bind_service, or give another port"
                        : where + ": give another address or port",
                e);
    }

    /// Returns the address on which it listens.
    public InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("the reflector is closed", e);
        }
    }

    /// Answers until [#close()] is called or this thread is interrupted.
    ///
    /// @throws IOException if the socket fails
    public void run() throws IOException {
        try {
            while (!isClosed && !Thread.currentThread().isInterrupted()) {
                selector.select();
                selector.selectedKeys().clear();
                receive();
            }
        } catch (ClosedChannelException | ClosedSelectorException e) {
            if (!isClosed) {
                throw new IOException("the reflector's socket was closed", e);
            }
        }
    }

    private void receive() throws IOException {
        for (int i = 0; i < BATCH; i++) {
            packet.clear();
            if (!(channel.receive(packet) instanceof InetSocketAddress sender)) {
                return;
            }
            long monotonic = clock.now();
            long arrival = StampClock.nanos(wall.instant());
            received.increment();
            packet.flip();
            answer(sender, arrival, monotonic);
        }
    }

    private void answer(InetSocketAddress sender, long arrival, long monotonic) throws IOException {
        StampKey key = plan.options().key();
        if (packet.limit() < layout.smallest() || (key != null && !key.verifies(packet))) {
            invalid.increment();
        } else if (!isSender(sender) || isAnswer(arrival)) {
            looped.increment();
        } else if (!rate.admits(sender.getAddress(), monotonic)) {
            limited.increment();
        } else {
            reflect(sender, arrival, monotonic);
        }
    }

    /// Returns whether packets of that address may be a sender's: no reflector's, not those of a group.
    private boolean isSender(InetSocketAddress sender) {
        InetAddress address = sender.getAddress();
        int from = sender.getPort();
        return from != 0
                && from != port
                && from != StampOptions.PORT
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress();
    }

    /// Returns whether the packet repeats a timestamp of the last seconds, as an answer to an answer of this
    /// end would, of another reflector whose port is not known.
    private boolean isAnswer(long now) {
        long repeated = packet.getLong(layout.senderTimestamp());
        long age = now - plan.options().format().decode(repeated, now);
        return repeated != 0 && Math.abs(age) < FRESH_NANOS;
    }

    private void reflect(InetSocketAddress sender, long arrival, long monotonic) throws IOException {
        StampRequest request = StampRequest.read(packet, layout);
        int number = plan.keepsCount() ? sessions.next(sender, request.session(), monotonic) : request.sequence();
        if (plan.keepsCount() && number < 0) {
            limited.increment();
            return;
        }
        StampTimeFormat format = plan.options().format();
        long left = arrival + (clock.now() - monotonic); // the time of day may be set in between
        new StampAnswer(
                        number,
                        format.encode(StampClock.instant(left)),
                        estimate,
                        format.encode(StampClock.instant(arrival)),
                        request,
                        StampAnswer.UNKNOWN_TTL)
                .write(packet, layout);
        StampKey key = plan.options().key();
        if (key != null) {
            key.sign(packet);
        }
        try {
            if (channel.send(packet.rewind(), sender) > 0) {
                answered.increment();
            }
        } catch (IOException _) { // an address that nothing can be sent to is the sender's fault
            limited.increment();
        }
    }

    /// Returns its counts until now.
    public Counts counts() {
        return new Counts(received.sum(), answered.sum(), invalid.sum(), looped.sum(), limited.sum());
    }

    /// Ends [#run()] and frees the port.
    @Override
    public void close() {
        isClosed = true;
        closeQuietly(channel);
        closeQuietly(selector);
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException _) { // nothing is lost: every datagram stands for itself
        }
    }

    /// Counts of a reflector.
    ///
    /// @param received datagrams
    /// @param answered of those
    /// @param invalid too short, or not authentic
    /// @param looped from a reflector's port, or answers themselves
    /// @param limited above a rate, beyond the 1024 sessions, or to an address that nothing can be sent to
    public record Counts(long received, long answered, long invalid, long looped, long limited) {}
}
