package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A protocol that is just good enough to try endpoints with: a letter tells what a datagram is.
/// `H` hello, `W` welcome, `R` refused and why, `D` a message with its number, `A` a number that
/// has come, `P` still here, `B` goodbye and why.
final class FakeLink implements ProtocolConnection {
    static final int WINDOW = 256;

    private static final long REPEAT_NANOS = 30_000_000;
    private static final int MAX_PAYLOAD = 1200;

    private final LinkListener listener;
    private final Supplier<@Nullable CloseReason> admission;
    private final boolean isClient;
    private final FakeNegotiation settings;
    private final ArrayDeque<byte[]> out = new ArrayDeque<>();
    private final Map<Integer, byte[]> unacked = new LinkedHashMap<>();
    private final Set<Integer> seen = new HashSet<>();
    private int next;
    private long lastReceived;
    private long lastSent;
    private long repeatAt;
    private boolean isOpen;
    private boolean isOver;
    private @Nullable CloseReason closing;
    private long received;
    private long sent;
    private long duplicates;

    FakeLink(
            LinkListener listener,
            Supplier<@Nullable CloseReason> admission,
            boolean isClient,
            FakeNegotiation settings,
            long now) {
        this.listener = listener;
        this.admission = admission;
        this.isClient = isClient;
        this.settings = settings;
        lastReceived = now;
        lastSent = now;
        repeatAt = now;
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        if (isOver || !datagram.hasRemaining()) {
            return;
        }
        int start = datagram.position();
        int length = datagram.remaining();
        switch (datagram.get(start)) {
            case 'H' -> onHello();
            case 'W' -> open();
            case 'R' -> end(new CloseReason(CloseReason.Cause.REJECTED, text(datagram)));
            case 'B' -> end(new CloseReason(CloseReason.Cause.REMOTE, text(datagram)));
            case 'A' -> acknowledge(length == 5 ? datagram.getInt(start + 1) : -1);
            case 'D' -> onMessage(datagram, start, length);
            case 'P' -> {}
            default -> {
                return;
            }
        }
        lastReceived = now;
    }

    private void onHello() {
        CloseReason refusal = admission.get();
        if (refusal == null) {
            out.add(bytes('W', ""));
            open();
        } else {
            out.add(bytes('R', refusal.text()));
            closing = refusal;
        }
    }

    private void open() {
        if (!isOpen) {
            isOpen = true;
            listener.opened();
        }
    }

    private void acknowledge(int number) {
        unacked.remove(number);
    }

    private void onMessage(ByteBuffer datagram, int start, int length) {
        if (length < 7) {
            return;
        }
        int number = datagram.getInt(start + 1);
        boolean isReliable = datagram.get(start + 5) == 1;
        if (isReliable) {
            out.add(ByteBuffer.allocate(5).put((byte) 'A').putInt(number).array());
        }
        if (!seen.add(number)) {
            duplicates++;
            return;
        }
        received++;
        datagram.position(start + 6);
        listener.message(datagram, isReliable ? Channel.RELIABLE : Channel.UNRELIABLE);
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        if (payload.remaining() > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "A message has at most " + MAX_PAYLOAD + " bytes, not " + payload.remaining() + ".");
        }
        if (channel.kind() == Channel.Kind.UNRELIABLE_SEQUENCED) {
            throw new IllegalArgumentException("The fake protocol has no sequenced channels.");
        }
        boolean isReliable = channel.kind().isReliable();
        if (!isOpen || isOver || closing != null || (isReliable && unacked.size() >= WINDOW)) {
            return false;
        }
        byte[] datagram = ByteBuffer.allocate(6 + payload.remaining())
                .put((byte) 'D')
                .putInt(next)
                .put((byte) (isReliable ? 1 : 0))
                .put(payload.duplicate())
                .array();
        if (isReliable) {
            unacked.put(next, datagram);
        }
        next++;
        sent++;
        out.add(datagram);
        return true;
    }

    @Override
    public void whenConfirmed(CompletableFuture<Void> confirmed) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public int maxPayload() {
        return MAX_PAYLOAD;
    }

    @Override
    public void flush(DatagramSender sender, long now) {
        if (isOver) {
            return;
        }
        if (now >= repeatAt) {
            repeatAt = now + REPEAT_NANOS;
            if (isClient && !isOpen) {
                out.add(bytes('H', ""));
            }
            out.addAll(unacked.values());
        }
        if (isOpen && now - lastSent >= settings.timeoutNanos() / 3) {
            out.add(bytes('P', ""));
        }
        while (!out.isEmpty()) {
            lastSent = now;
            if (!sender.send(ByteBuffer.wrap(out.element()))) {
                break;
            }
            out.remove();
        }
        if (closing != null && unacked.isEmpty()) {
            sender.send(ByteBuffer.wrap(bytes('B', closing.text())));
            end(closing);
        } else if (now - lastReceived >= settings.timeoutNanos()) {
            end(new CloseReason(CloseReason.Cause.TIMEOUT, ""));
        }
    }

    private void end(CloseReason reason) {
        if (!isOver) {
            isOver = true;
            listener.closed(reason);
        }
    }

    @Override
    public long wakeAt() {
        long timeout = lastReceived + settings.timeoutNanos();
        long keepAlive = isOpen ? lastSent + settings.timeoutNanos() / 3 : timeout;
        boolean repeats = !unacked.isEmpty() || (isClient && !isOpen);
        long first = Math.min(Math.min(timeout, keepAlive), repeats ? repeatAt : timeout);
        return isOver ? Long.MAX_VALUE : closing != null && unacked.isEmpty() ? Long.MIN_VALUE : first;
    }

    @Override
    public void extendTimeouts(long unreadNanos, long now) {
        lastReceived += Math.min(unreadNanos, now - lastReceived);
    }

    @Override
    public void close(CloseReason reason, long now) {
        if (closing == null) {
            closing = reason;
        }
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public Metrics metrics() {
        return new Metrics(
                null,
                new Metrics.Traffic(0, 0, received, 0),
                new Metrics.Traffic(0, 0, sent, 0),
                new Metrics.Waiting(0, unacked.size(), 0),
                new Metrics.Errors(0, duplicates, 0, 0));
    }

    @Override
    public boolean idsExhausted() {
        return isClient && received >= settings.exhaustedAfter();
    }

    private static byte[] bytes(char letter, String text) {
        return (letter + text).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer datagram) {
        return StandardCharsets.UTF_8.decode(datagram.duplicate()).toString().substring(1);
    }

    /// Where such links come from.
    ///
    /// @param exhaustedAfter so many messages a client wants another port
    record FakeNegotiation(long timeoutNanos, long exhaustedAfter) implements ProtocolNegotiation {
        static final FakeNegotiation USUAL = new FakeNegotiation(10_000_000_000L, Long.MAX_VALUE);

        @Override
        public ProtocolConnection client(String host, LinkListener listener, long now) {
            return new FakeLink(listener, () -> null, true, this, now);
        }

        @Override
        public Acceptor acceptor(long now) {
            return this::accept;
        }

        private @Nullable ProtocolConnection accept(ByteBuffer datagram, UnknownSender sender, long now) {
            if (datagram.get(datagram.position()) != 'H' || datagram.remaining() != 1) {
                return null;
            }
            PendingConnection pending = sender.reserve(true);
            return pending == null ? null : new FakeLink(pending, pending::admit, false, this, now);
        }
    }
}
