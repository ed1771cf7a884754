package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import org.jspecify.annotations.Nullable;

/// Causes as a CLOSE or a refusal carries them.
final class CloseCodes {
    private CloseCodes() {}

    static byte wire(CloseReason.Cause cause) {
        return switch (cause) {
            case LOCAL -> 0;
            case REMOTE -> 1;
            case TIMEOUT -> 2;
            case REJECTED -> 3;
            case FULL -> 4;
            case VERSION -> 5;
            case PROTOCOL -> 6;
            case UNTRUSTED -> 7;
            case SOCKET -> 8;
            case RESET -> 9;
        };
    }

    /// Null if there is none such.
    static CloseReason.@Nullable Cause of(int wire) {
        for (CloseReason.Cause cause : CloseReason.Cause.values()) {
            if (wire(cause) == wire) {
                return cause;
            }
        }
        return null;
    }
}
