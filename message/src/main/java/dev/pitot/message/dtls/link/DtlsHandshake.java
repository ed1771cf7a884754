package dev.pitot.message.dtls.link;

import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import dev.pitot.message.dtls.Fingerprint;
import dev.pitot.message.link.DatagramSender;
import dev.pitot.model.text.ErrorText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// A handshake that is going on: brings records to the engine and back, sends again what is not
/// answered, and bounds what an unknown sender can take. Key arithmetic and the check of certificates
/// happen inside its calls: some milliseconds. Its link's thread calls it.
///
/// Records are given to the engine in order and without gaps ([HandshakeReorderBuffer]), and a flight is
/// repeated byte for byte until it is answered.
///
/// What comes in the clear may be anybody's. Therefore an alert does not end the handshake: the
/// peer's silence after it does.
final class DtlsHandshake {
    /// Waits for an answer: between RFC 6347's 1 s (4.2.4.1) and what paths of today need.
    private static final long FIRST_WAIT = 400_000_000;

    private static final long LONGEST_WAIT = 4_000_000_000L;

    /// Its datagrams fit every path that is reckoned with: RFC 9000, section 14.
    private static final int PACKET = 1200;

    /// Time for which the peer must be silent after an alert in the clear.
    private static final long GRACE = 1_000_000_000;

    /// Limit of what the peer may send in all: a hundredfold of what a handshake needs without loss.
    private static final int MAX_DATAGRAMS = 512;

    private static final int MAX_BYTES = 256 << 10;

    /// More than certificates of 32 KiB, which the platform takes at most, in pieces.
    private static final int MAX_FLIGHT = 64;

    /// Memory of an engine in its handshake, measured: 6 KiB before the client's second flight, 13 KiB behind it.
    private static final int ENGINE_BYTES = 16 << 10;

    private static final int ALERT_BYTES = 2;
    private static final int MAX_TEXT = 160;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final SSLEngine engine;
    private final DtlsContext context;
    private final Duration timeout;
    private long deadline;
    private final HandshakeReorderBuffer reorderBuffer = new HandshakeReorderBuffer();
    private final List<byte[]> flight = new ArrayList<>();

    private long wait = FIRST_WAIT;
    private long resendAt = Long.MAX_VALUE;
    private boolean isNewFlight = true;
    private int flights;
    private int flightBytes;
    private int datagrams;
    private int bytes;
    private int engineBytes; // that the engine was given, and may keep until a message is whole
    private @Nullable String complaint;
    private long complaintAt;
    private boolean isDone;
    private @Nullable CloseReason failure;

    DtlsHandshake(SSLEngine engine, DtlsContext context, long now) {
        this.engine = engine;
        this.context = context;
        timeout = context.timeout();
        deadline = now + timeout.toNanos();
        try {
            engine.beginHandshake(); // remembers how much it must take; from here on it is what it writes
            limitPackets(PACKET);
        } catch (SSLException e) {
            fail(e);
        }
    }

    private void limitPackets(int bytes) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setMaximumPacketSize(bytes);
        engine.setSSLParameters(parameters);
    }

    boolean isDone() {
        return isDone;
    }

    /// Returns the key that the peer has proved to hold; null if it was not asked.
    @Nullable Fingerprint peer() {
        try {
            return Fingerprint.of(engine.getSession().getPeerCertificates()[0].getPublicKey());
        } catch (SSLPeerUnverifiedException _) { // it was not asked
            return null;
        }
    }

    /// After it is done: the connection may use longer datagrams than the handshake.
    void release() {
        limitPackets(DtlsLink.MAX_RECORD);
    }

    @Nullable CloseReason failure() {
        return failure;
    }

    /// True if the peer has answered anything.
    boolean isAnswered() {
        return flights > 1;
    }

    /// Returns the datagrams that were sent last. Who sends the last flight of all never hears whether
    /// it came.
    List<byte[]> lastFlight() {
        return flight;
    }

    /// @param valid see [DtlsRecords#isValid]
    void receive(ByteBuffer valid, long now) {
        datagrams++;
        bytes += valid.remaining();
        if (datagrams > MAX_DATAGRAMS || bytes > MAX_BYTES) {
            end(new CloseReason(Cause.UNTRUSTED, "the peer sent too much before the secure handshake was finished"));
        }
        int type = DtlsRecords.type(valid);
        if (failure != null || isDone || type == DtlsRecords.DATA) {
            return;
        }
        if (type == DtlsRecords.ALERT && DtlsRecords.epoch(valid) == 0) {
            if (valid.remaining() == DtlsRecords.HEADER + ALERT_BYTES) {
                complain(Alerts.sentence(DtlsRecords.unsigned(valid, valid.limit() - 1), context.hasIdentity()), now);
            }
            return;
        }
        complaint = null;
        reorderBuffer.offer(valid);
        try {
            for (ByteBuffer next = poll(); next != null; next = poll()) {
                engineBytes += next.remaining();
                SSLEngineResult result = engine.unwrap(next, context.plain.clear());
                isDone = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
                isNewFlight = true;
                settle();
            }
            if (engine.isInboundDone()) {
                engine.unwrap(NOTHING, context.plain.clear()); // throws if it was this end that gave up
                end(new CloseReason(Cause.UNTRUSTED, Alerts.sentence(Alerts.CLOSE_NOTIFY, context.hasIdentity())));
            }
        } catch (SSLException e) {
            fail(e);
        }
    }

    /// The engine takes nothing while it has something to send.
    private @Nullable ByteBuffer poll() {
        return isDone || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP ? null : reorderBuffer.poll();
    }

    /// Something in the clear says that this will not succeed.
    void complain(String sentence, long now) {
        if (complaint == null) {
            complaint = sentence;
            complaintAt = now;
        }
    }

    /// Lets the engine work until it needs the network.
    private void settle() throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_UNWRAP_AGAIN) {
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            } else {
                SSLEngineResult result = engine.unwrap(NOTHING, context.plain.clear());
                isDone |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
            }
            status = engine.getHandshakeStatus();
        }
    }

    void flush(DatagramSender sender, long now) {
        String said = complaint;
        if (failure == null && said != null && now - complaintAt >= GRACE) {
            end(new CloseReason(Cause.UNTRUSTED, said));
        }
        if (failure == null && now - deadline >= 0) {
            end(new CloseReason(
                    Cause.TIMEOUT,
                    "the secure handshake was not finished within " + ErrorText.of(timeout)
                            + "; is the peer reached, and set to use DTLS?"));
        }
        if (failure != null || isDone) {
            return;
        }
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                sendFlight(sender);
                wait = FIRST_WAIT;
                resendAt = now + wait;
            } else if (!flight.isEmpty() && now - resendAt >= 0) {
                flight.forEach(datagram -> sender.send(ByteBuffer.wrap(datagram)));
                wait = Math.min(2 * wait, LONGEST_WAIT);
                resendAt = now + wait;
            }
        } catch (SSLException e) {
            fail(e);
        }
    }

    private void sendFlight(DatagramSender sender) throws SSLException {
        if (isNewFlight) {
            flight.clear();
            flightBytes = 0;
            isNewFlight = false;
            flights++;
        }
        ByteBuffer record = context.record;
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && flight.size() < MAX_FLIGHT) {
            SSLEngineResult result = engine.wrap(NOTHING, record.clear());
            isDone |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
            record.flip();
            byte[] copy = new byte[record.remaining()];
            record.get(0, copy);
            flight.add(copy);
            flightBytes += copy.length;
            sender.send(record);
            settle();
        }
        if (flight.size() == MAX_FLIGHT) {
            end(new CloseReason(Cause.UNTRUSTED, "this end's certificates are too long for DTLS; use a shorter chain"));
        }
    }

    /// Returns the bytes of memory that it takes: its own are counted, the engine's an estimate from above.
    long heldBytes() {
        return ENGINE_BYTES + engineBytes + flightBytes + reorderBuffer.heldBytes();
    }

    /// For so long nothing was read.
    void extendTimeouts(long unreadNanos, long now) {
        deadline += Math.min(unreadNanos, now + timeout.toNanos() - deadline);
        complaintAt += Math.min(unreadNanos, now - complaintAt);
    }

    /// True if there is something to do now.
    boolean isDue() {
        return failure != null || isDone || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    long wakeAt() {
        long at = complaint == null ? deadline : Deadlines.earlier(deadline, complaintAt + GRACE);
        return flight.isEmpty() ? at : Deadlines.earlier(at, resendAt);
    }

    private void fail(SSLException e) {
        String sentence = null;
        for (Throwable cause = e; cause != null && sentence == null; cause = cause.getCause()) {
            sentence = cause instanceof UntrustedCertificateException ? cause.getMessage() : null;
        }
        end(new CloseReason(Cause.UNTRUSTED, sentence == null ? "the secure handshake failed: " + text(e) : sentence));
    }

    static String text(SSLException e) {
        String text = String.valueOf(e.getMessage());
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private void end(CloseReason reason) {
        failure = failure == null ? reason : failure;
    }
}
