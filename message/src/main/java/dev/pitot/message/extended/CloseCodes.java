package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers of causes in a CLOSE or a refusal.
final class CloseCodes {
    private static final List<Cause> BY_NUMBER = List.of(
            Cause.LOCAL,
            Cause.REMOTE,
            Cause.TIMEOUT,
            Cause.REJECTED,
            Cause.FULL,
            Cause.VERSION,
            Cause.PROTOCOL,
            Cause.UNTRUSTED,
            Cause.SOCKET,
            Cause.RESET);

    private CloseCodes() {}

    static byte wire(Cause cause) {
        return (byte) BY_NUMBER.indexOf(cause);
    }

    /// Returns the cause with a number of 0..255, or null if there is none.
    static @Nullable Cause of(int wire) {
        return wire < BY_NUMBER.size() ? BY_NUMBER.get(wire) : null;
    }
}
