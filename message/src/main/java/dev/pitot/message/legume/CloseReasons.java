package dev.pitot.message.legume;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.CloseReason.Cause;
import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// Reasons why connections end, in sentences.
final class CloseReasons {
    static final CloseReason CLOSED = new CloseReason(Cause.REMOTE, "the peer closed the connection");
    static final CloseReason ANEW = new CloseReason(Cause.REMOTE, "the client has begun anew");
    static final CloseReason REFUSED = new CloseReason(Cause.REJECTED, "the server refused the connection");
    static final CloseReason UNACKED = new CloseReason(
            Cause.TIMEOUT,
            "the client did not confirm the answer to its request for "
                    + ErrorText.of(Duration.ofNanos(LegumeServerHandshake.LIMIT_NANOS)));

    static final CloseReason GUESSED = new CloseReason(
            Cause.PROTOCOL, "the client acknowledged messages that it was not sent: its address may be forged");

    private CloseReasons() {}

    static CloseReason version(int spoken) {
        return new CloseReason(
                Cause.VERSION,
                "the client speaks version " + spoken + " of legume's protocol, not " + SystemMessage.PROTOCOL);
    }

    static CloseReason stall(int type, LegumeSettings settings) {
        return new CloseReason(
                Cause.TIMEOUT,
                "the peer did not confirm a message of type " + type + " for " + ErrorText.of(settings.timeout())
                        + ", though it answers: it probably does not know that type, or cannot read the message");
    }

    static CloseReason silence(LegumeSettings settings) {
        return new CloseReason(Cause.TIMEOUT, "nothing came from the peer for " + ErrorText.of(settings.timeout()));
    }
}
