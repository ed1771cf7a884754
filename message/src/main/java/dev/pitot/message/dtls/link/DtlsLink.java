package dev.pitot.message.dtls.link;

import dev.pitot.message.accounting.BitWindow;
import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.message.link.ForwardingConnection;
import dev.pitot.message.link.LinkListener;
import dev.pitot.message.link.ProtocolConnection;
import java.nio.ByteBuffer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A link inside DTLS: each datagram of the inner link is one record. Only the datagrams by which two
/// ends find each other go in the clear. One thread calls it, the same for all that share a context.
/// A client's end begins the handshake with the inner link's first hello. A server's end is made when
/// a client has proved its address, and waits for the client to begin. The inner link may send once
/// the handshake is finished, so a server's admission is asked for peers that are known.
public final class DtlsLink extends ForwardingConnection {
    /// The longest datagram that is sent or taken: as legume's.
    public static final int MAX_RECORD = 1400;

    /// Bytes that a record adds to a datagram: header (13), nonce (8) and tag (16) of AES-GCM (RFC 5288); ChaCha20
    /// needs 8 less. An inner link's datagrams are at most [#MAX_RECORD] less this; a longer one ends the link.
    public static final int OVERHEAD = DtlsRecords.HEADER + 8 + 16;

    /// Limit of how far a record may be behind the newest. RFC 6347 (4.1.2.6) wants 32 at least; this is enough for
    /// what a fast path can put out of order. The platform's DTLS would take a record as often as it comes.
    static final int REPLAY_WINDOW = 1024;

    private static final int MAX_CLOSE_ALERTS = 4;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private enum State {
        /// No engine yet: a client that has sent no hello.
        WAITING,
        HANDSHAKE,
        OPEN,
        /// It is over, but neither the peer nor the listener has received that.
        ENDING,
        CLOSED
    }

    private final DtlsContext context;
    private final LinkListener listener;
    private final ProtocolConnection inner;
    private final BitWindow opened = new BitWindow(REPLAY_WINDOW);
    private final LinkCounters counters = new LinkCounters();
    private State state = State.WAITING;
    private @Nullable SSLEngine engine;
    private @Nullable DtlsHandshake handshake;
    private FinalFlight finalFlight = FinalFlight.NONE;
    private boolean isPeerSeen;
    /// The reason why this end wants to close; what it finds out in the end is [#ending].
    private @Nullable CloseReason wish;
    private @Nullable CloseReason ending;
    private @Nullable Fingerprint peer;
    private long lastNow;
    /// Receives the inner link's datagrams during the current `flush`.
    private DatagramSender sender = _ -> false;
    private final DatagramSender carrier = this::transmit;
    private final DatagramSender protection = this::protect;
    private final DatagramSender hellos = this::sendHello;

    private DtlsLink(
            DtlsContext context,
            Function<LinkListener, ? extends ProtocolConnection> inner,
            LinkListener listener,
            long now) {
        this.context = context;
        this.listener = listener;
        lastNow = now;
        this.inner = inner.apply(new InnerListener());
        if (!context.isClient()) {
            begin(now);
        }
    }

    /// Returns one end of a connection; which one, the context says.
    ///
    /// @param inner makes the link inside, given the listener that it must have
    /// @param listener of this link
    /// @param now of the clock that all calls bring the time of
    public static DtlsLink of(
            DtlsContext context,
            Function<LinkListener, ? extends ProtocolConnection> inner,
            LinkListener listener,
            long now) {
        return new DtlsLink(context, inner, listener, now);
    }

    @Override
    public ProtocolConnection inner() {
        return inner;
    }

    /// Passes on what the inner link reports, but the end waits for the last record.
    private final class InnerListener implements LinkListener {
        @Override
        public void opened() {
            if (ending == null) {
                listener.opened();
            }
        }

        @Override
        public void message(ByteBuffer payload, Channel channel) {
            if (ending == null) {
                listener.message(payload, channel);
            }
        }

        @Override
        public void closed(CloseReason reason) {
            end(reason);
        }
    }

    /// Returns the key of the peer, proved by the handshake; null before, and for a client that was not asked.
    public @Nullable Fingerprint peer() {
        return peer;
    }

    private void begin(long now) {
        engine = context.engine();
        handshake = new DtlsHandshake(engine, context, now);
        state = State.HANDSHAKE;
    }

    /// A record is decrypted in place: the datagram's bytes change, and its buffer must not be read-only.
    @Override
    public void receive(ByteBuffer datagram, long now) {
        lastNow = now;
        if (state == State.ENDING || state == State.CLOSED) {
            return;
        }
        counters.onDatagramReceived(datagram.remaining());
        int kind = DtlsRecords.clearKind(datagram);
        if (kind >= 0) {
            receiveClear(datagram, kind, now);
        } else if (!DtlsRecords.isValid(datagram)) {
            counters.onMalformed();
        } else {
            receiveRecord(datagram, now);
        }
    }

    private void receiveClear(ByteBuffer datagram, int kind, long now) {
        DtlsHandshake going = handshake;
        boolean isAnswered = going == null ? state == State.OPEN : going.isAnswered();
        boolean isExpected = context.isClient()
                ? !isAnswered && (kind == DtlsRecords.CHALLENGE || kind == DtlsRecords.REFUSAL)
                : !isPeerSeen && kind == DtlsRecords.HELLO;
        if (isExpected) {
            inner.receive(datagram, now);
            return;
        }
        counters.onMalformed();
        if (context.isClient() && going != null && !isAnswered && kind == DtlsRecords.WELCOME) {
            going.complain(
                    "the server answered without DTLS, which this end wants; set it to use DTLS, or ask without", now);
        }
    }

    private void receiveRecord(ByteBuffer valid, long now) {
        DtlsHandshake going = handshake;
        SSLEngine secure = engine;
        int type = DtlsRecords.type(valid);
        if (secure == null) {
            counters.onMalformed();
        } else if (going != null) {
            going.receive(valid, now);
            complete(going, now); // what comes next may be a message
        } else if (type == DtlsRecords.HANDSHAKE || type == DtlsRecords.CHANGE_CIPHER_SPEC) {
            if (!finalFlight.isWanted(now)) {
                counters.onMalformed();
            }
        } else if (DtlsRecords.epoch(valid) != 1) {
            counters.onMalformed();
        } else {
            open(secure, valid, now);
        }
    }

    private void open(SSLEngine secure, ByteBuffer valid, long now) {
        long number = DtlsRecords.number(valid);
        if (!opened.isNew(number)) {
            counters.onDuplicate();
            return;
        }
        ByteBuffer plain = context.plain.clear();
        SSLEngineResult result;
        try {
            result = secure.unwrap(valid, plain);
        } catch (SSLException e) { // of a record that is the peer's
            end(new CloseReason(Cause.UNTRUSTED, "the peer broke the secure connection off: " + DtlsHandshake.text(e)));
            inner.close(new CloseReason(Cause.UNTRUSTED, ""), now);
            return;
        }
        if (result.sequenceNumber() < 0) {
            counters.onMalformed();
            return;
        }
        opened.add(number);
        isPeerSeen = true;
        finalFlight = FinalFlight.NONE;
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            CloseReason reason = wish == null ? new CloseReason(Cause.REMOTE, "") : wish;
            end(reason);
            inner.close(reason, now);
        } else if (result.bytesProduced() > 0) {
            inner.receive(plain.flip(), now);
        }
    }

    @Override
    public boolean send(ByteBuffer payload, Channel channel, long now) {
        return state != State.ENDING && state != State.CLOSED && inner.send(payload, channel, now);
    }

    @Override
    public void flush(DatagramSender to, long now) {
        lastNow = now;
        sender = to;
        if (isHello()) {
            inner.flush(hellos, now);
        }
        DtlsHandshake going = handshake;
        if (going != null && ending == null) {
            going.flush(carrier, now);
            complete(going, now);
        }
        if (state == State.OPEN) {
            finalFlight.repeat(carrier);
            inner.flush(protection, now);
        }
        if (state == State.ENDING) {
            finish();
        }
        sender = _ -> false;
    }

    /// True if the inner link's hellos are still wanted.
    private boolean isHello() {
        return state == State.WAITING
                || (state == State.HANDSHAKE && context.isClient() && handshake != null && !handshake.isAnswered());
    }

    private void complete(DtlsHandshake going, long now) {
        CloseReason failure = going.failure();
        SSLEngine secure = engine;
        if (failure != null) {
            end(failure);
            inner.close(failure, now);
        } else if (going.isDone() && secure != null) {
            state = State.OPEN;
            handshake = null;
            finalFlight = context.isClient() ? FinalFlight.NONE : new FinalFlight(going.lastFlight());
            going.release();
            peer = going.peer();
            secure.getSession().invalidate(); // no other connection may go without a handshake
        }
    }

    private boolean transmit(ByteBuffer datagram) {
        counters.onDatagramSent(datagram.remaining());
        return sender.send(datagram);
    }

    /// Before the handshake is finished, all but hellos is dropped.
    private boolean sendHello(ByteBuffer datagram) {
        if (DtlsRecords.clearKind(datagram) != DtlsRecords.HELLO) {
            return true;
        }
        if (state == State.WAITING) {
            begin(lastNow);
        }
        return transmit(datagram);
    }

    private boolean protect(ByteBuffer datagram) {
        SSLEngine secure = engine;
        if (DtlsRecords.clearKind(datagram) == DtlsRecords.HELLO) {
            return transmit(datagram);
        }
        if (datagram.remaining() > MAX_RECORD - OVERHEAD) { // a peer may have asked for it
            end(new CloseReason(
                    Cause.PROTOCOL,
                    "a datagram of " + datagram.remaining() + " bytes does not fit DTLS, which leaves "
                            + (MAX_RECORD - OVERHEAD) + "; both ends must agree on that at most"));
            return false;
        }
        if (secure == null || state != State.OPEN) {
            return false;
        }
        ByteBuffer record = context.record.clear();
        try {
            secure.wrap(datagram, record);
        } catch (SSLException e) {
            end(new CloseReason(Cause.UNTRUSTED, "the secure connection cannot go on: " + DtlsHandshake.text(e)));
            return false;
        }
        return transmit(record.flip());
    }

    private void end(CloseReason reason) {
        if (ending == null) {
            ending = reason;
            state = State.ENDING;
        }
    }

    /// Reports the end to the peer (close_notify, or the alert of what went wrong) and the listener.
    private void finish() {
        SSLEngine secure = engine;
        CloseReason reason = ending;
        state = State.CLOSED;
        if (secure != null) {
            secure.closeOutbound();
            sendCloseAlerts(secure);
        }
        engine = null;
        handshake = null;
        finalFlight = FinalFlight.NONE;
        if (reason != null) {
            listener.closed(reason.withUndelivered(inner.undelivered()));
        }
    }

    private void sendCloseAlerts(SSLEngine secure) {
        try {
            for (int i = 0; i < MAX_CLOSE_ALERTS; i++) {
                ByteBuffer record = context.record.clear();
                if (secure.wrap(NOTHING, record).bytesProduced() == 0) {
                    return;
                }
                transmit(record.flip());
            }
        } catch (SSLException _) { // it is over anyway, and the reason is known
        }
    }

    @Override
    public long wakeAt() {
        DtlsHandshake going = handshake;
        return switch (state) {
            case WAITING -> inner.wakeAt();
            case HANDSHAKE -> {
                long inners = isHello() ? inner.wakeAt() : Long.MAX_VALUE;
                yield going == null || going.isDue() ? lastNow : Deadlines.earlier(going.wakeAt(), inners);
            }
            case OPEN -> finalFlight.isDue() ? lastNow : inner.wakeAt();
            case ENDING -> lastNow;
            case CLOSED -> Long.MAX_VALUE;
        };
    }

    @Override
    public void extendTimeouts(long unreadNanos, long now) {
        if (handshake != null) {
            handshake.extendTimeouts(unreadNanos, now);
        }
        inner.extendTimeouts(unreadNanos, now);
    }

    @Override
    public void close(CloseReason reason, long now) {
        lastNow = now;
        wish = wish == null ? reason : wish;
        inner.close(reason, now);
        if (state == State.WAITING || state == State.HANDSHAKE) {
            end(reason); // nobody is there yet who could receive it the inner link's way
        }
    }

    @Override
    public void abort(CloseReason reason, long now) {
        inner.abort(reason, now);
        close(reason, now);
    }

    @Override
    public long heldBytes() {
        DtlsHandshake going = ending == null ? handshake : null;
        return inner.heldBytes() + (going == null ? 0 : going.heldBytes());
    }

    @Override
    public Metrics metrics() {
        return counters.around(inner.metrics());
    }
}
