package dev.pitot.message.legume;

import dev.pitot.message.channel.CloseReason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server's answer to the request that opened its end. Until the client has confirmed it, the
/// client's address may be forged: then only the answer leaves, and with it at most three times
/// the bytes that came from the address (RFC 9000, 8.1). A client's end has no such limit. One
/// thread.
final class LegumeServerHandshake {
    /// Time that a client has to confirm the answer. The original confirms at once.
    static final long LIMIT_NANOS = 3_000_000_000L;

    private static final int AMPLIFICATION = 3;
    private static final int MAX_GUESSES = 8; // confirmations of nothing before the right one

    private final @Nullable Supplier<@Nullable CloseReason> admission;
    private boolean hasBegun;
    private boolean isValidated;
    private int id;
    private int sequence;
    private long allowedBytes;
    private long strays;
    private boolean isRepeatWaiting;

    /// @param admission decides about the request; null for a client's end, which has asked for what comes
    LegumeServerHandshake(@Nullable Supplier<@Nullable CloseReason> admission) {
        this.admission = admission;
        isValidated = admission == null;
    }

    /// The first request has come.
    ///
    /// @return why it is refused; null if it is not
    @Nullable CloseReason begin(DatagramReader request) {
        hasBegun = true;
        id = request.id();
        sequence = request.sequence();
        return request.protocol() != SystemMessage.PROTOCOL || admission == null
                ? CloseReasons.version(request.protocol())
                : admission.get();
    }

    /// True if a request made this a server's end that is open, or was.
    boolean hasBegun() {
        return hasBegun;
    }

    /// True if it is the request that came first, from a client that has not begun anew.
    boolean isSame(int requestId, int requestSequence) {
        return id == requestId && sequence == requestSequence;
    }

    /// A datagram came from the address.
    void onReceived(int bytes) {
        allowedBytes += (long) AMPLIFICATION * bytes;
    }

    /// True if so many bytes may be sent to the address.
    boolean mayLeave(int bytes) {
        return isValidated || bytes <= allowedBytes;
    }

    void onSent(int bytes) {
        allowedBytes -= bytes;
    }

    /// The client has confirmed the answer, so it receives what is sent to its address.
    void onAcked() {
        isValidated = true;
    }

    /// A confirmation of something came that did not wait for any.
    void onStray() {
        strays++;
    }

    /// True if the client seems to guess what it would have to confirm.
    boolean isGuessed() {
        return !isValidated && strays > MAX_GUESSES;
    }

    boolean isValidated() {
        return isValidated;
    }

    /// The same request came again though its answer was confirmed: either the acknowledgement
    /// was lost, or a client that died asks again with the same numbers, as the original does,
    /// which never asks again when it has an acknowledgement. So that waits for a sign of the old
    /// connection.
    void holdRepeat() {
        isRepeatWaiting = true;
    }

    /// The client goes on with the connection.
    ///
    /// @return whether a repeat of its request is to be acknowledged now
    boolean takeRepeat() {
        boolean was = isRepeatWaiting;
        isRepeatWaiting = false;
        return was;
    }

    int id() {
        return id;
    }
}
