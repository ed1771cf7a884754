package dev.pitot.model.config;

/// Payload of blocks, and how it is copied.
///
/// @param repeating repeating digits instead of random bytes (`--repeating-payload`); some links
///     compress them
/// @param zeroCopy whether senders use sendfile (`-Z`)
/// @param skipReceiveCopy whether receivers discard payloads in the kernel (`--skip-rx-copy`,
///     MSG_TRUNC)
public record PayloadSettings(boolean repeating, boolean zeroCopy, boolean skipReceiveCopy) {
    /// Random bytes, copied.
    public static final PayloadSettings DEFAULT = new PayloadSettings(false, false, false);

    /// Returns these settings with repeating digits or random bytes.
    public PayloadSettings withRepeating(boolean value) {
        return new PayloadSettings(value, zeroCopy, skipReceiveCopy);
    }

    /// Returns these settings with or without sendfile at the senders.
    public PayloadSettings withZeroCopy(boolean value) {
        return new PayloadSettings(repeating, value, skipReceiveCopy);
    }

    /// Returns these settings with or without discarding payloads in the receivers' kernel.
    public PayloadSettings withSkipReceiveCopy(boolean value) {
        return new PayloadSettings(repeating, zeroCopy, value);
    }
}
