package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.model.text.ErrorText;
import java.time.Duration;

/// Finds out that messages wait and the peer confirms nothing of them, nor gives credit, for the timeout
/// of the connection, though it may send other packets.
final class StallDetector {
    private final SendBuffer sendBuffer;
    private final long timeout;
    private long progress;
    private long progressAt;

    StallDetector(SendBuffer sendBuffer, long timeout) {
        this.sendBuffer = sendBuffer;
        this.timeout = timeout;
    }

    /// Asked with each `flush`, in which it notices progress.
    boolean isStalled(long now) {
        if (sendBuffer.isEmpty() || progress != sendBuffer.progress()) {
            progress = sendBuffer.progress();
            progressAt = now;
        }
        return now - progressAt >= timeout;
    }

    /// Returns the reason of a connection from whose peer nothing has come at all.
    static CloseReason silence(Duration time) {
        return new CloseReason(CloseReason.Cause.TIMEOUT, "nothing came from the peer for " + ErrorText.of(time));
    }

    /// For so long nothing was read.
    void extend(long unreadNanos, long now) {
        progressAt += Math.min(unreadNanos, now - progressAt);
    }

    CloseReason reason() {
        return new CloseReason(
                CloseReason.Cause.TIMEOUT,
                "the peer took nothing of what waits for it for " + ErrorText.of(Duration.ofNanos(timeout)));
    }

    /// Returns the time when [#isStalled] may begin to hold.
    long dueAt() {
        return sendBuffer.isEmpty() ? Long.MAX_VALUE : progressAt + timeout;
    }
}
