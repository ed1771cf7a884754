package dev.pitot.message.dtls.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/// A link that greets as the extended mode does and loses what the network loses.
final class FakeInnerLink implements ProtocolConnection {
    static final byte[] CHALLENGE = {0, 0, 0, 0, (byte) 0xF5, (byte) 0xE0};
    static final byte[] HELLO = {0, 0, 0, 0, (byte) 0xF5, (byte) 0xE1};
    static final byte[] WELCOME = {9, 9, 9, 9, (byte) 0xF5, (byte) 0xE2};
    static final byte[] REFUSAL = {9, 9, 9, 9, (byte) 0xF5, (byte) 0xE3};

    private static final byte[] PACKET = {22, (byte) 0xFE, (byte) 0xFD, 9, (byte) 0xF5, (byte) 0xEF};
    private static final long PAUSE = 300_000_000;

    private final boolean isClient;
    private final LinkListener listener;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private boolean isChallenged;
    private boolean isOpen;
    private boolean isClosed;
    private boolean isWelcomeDue;
    private long helloAt;
    private long malformed;

    FakeInnerLink(boolean isClient, LinkListener listener) {
        this.isClient = isClient;
        this.listener = listener;
        isWelcomeDue = !isClient;
    }

    @Override
    public void receive(ByteBuffer datagram, long now) {
        if (datagram.remaining() < 6 || isClosed) {
            malformed++;
            return;
        }
        switch (datagram.get(datagram.position() + 5) & 0xFF) {
            case 0xE0 -> {
                helloAt = isChallenged ? helloAt : now;
                isChallenged = true;
            }
            case 0xE1 -> isWelcomeDue = true;
            case 0xE2 -> open();
            case 0xE3 -> {
                isClosed = true;
                listener.closed(new CloseReason(CloseReason.Cause.FULL, "full"));
            }
            case 0xEF -> {
                open();
                listener.message(datagram.slice(datagram.position() + 6, datagram.remaining() - 6), Channel.UNRELIABLE);
            }
            default -> malformed++;
        }
    }

    private void open() {
        if (!isOpen) {
            isOpen = true;
            listener.opened();
        }
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        byte[] copy = new byte[PACKET.length + payload.remaining()];
        System.arraycopy(PACKET, 0, copy, 0, PACKET.length);
        payload.get(payload.position(), copy, PACKET.length, payload.remaining());
        return isOpen && queue.add(copy);
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
        return DtlsLink.MAX_RECORD - DtlsLink.OVERHEAD - PACKET.length;
    }

    @Override
    public void extendTimeouts(long unreadNanos, long now) {
        // It has none.
    }

    @Override
    public void flush(DatagramSender sender, long now) {
        if (isClosed) {
            return;
        }
        if (isClient && isChallenged && !isOpen && now - helloAt >= 0) {
            sender.send(ByteBuffer.wrap(HELLO));
            helloAt = now + PAUSE;
        }
        if (isWelcomeDue) {
            isWelcomeDue = false;
            sender.send(ByteBuffer.wrap(WELCOME));
        }
        while (!queue.isEmpty()) {
            sender.send(ByteBuffer.wrap(queue.remove()));
        }
    }

    @Override
    public long wakeAt() {
        if (isClosed) {
            return Long.MAX_VALUE;
        }
        if (isWelcomeDue || !queue.isEmpty()) {
            return 0;
        }
        return isClient && isChallenged && !isOpen ? helloAt : Long.MAX_VALUE;
    }

    @Override
    public void close(CloseReason reason, long now) {
        if (!isClosed) {
            isClosed = true;
            listener.closed(reason);
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
                new Metrics.Traffic(0, 0, 0, 0),
                new Metrics.Traffic(0, 0, 0, 0),
                new Metrics.Waiting(0, 0, 0),
                new Metrics.Errors(0, 0, malformed, 0));
    }
}
