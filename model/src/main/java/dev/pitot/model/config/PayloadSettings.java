package dev.pitot.model.config;

/// What blocks hold, and whether they are copied on their way.
///
/// @param repeating digits instead of random bytes (`--repeating-payload`), which some links
///     compress
/// @param zeroCopy whether senders use sendfile (`-Z`)
/// @param skipReceiveCopy whether receivers leave payloads in the kernel (`--skip-rx-copy`,
///     MSG_TRUNC)
public record PayloadSettings(boolean repeating, boolean zeroCopy, boolean skipReceiveCopy) {
    /// Random bytes, copied.
    public static final PayloadSettings DEFAULT = new PayloadSettings(false, false, false);

    /// These settings with repeating digits, or with random bytes.
    public PayloadSettings withRepeating(boolean value) {
        return new PayloadSettings(value, zeroCopy, skipReceiveCopy);
    }

    /// These settings with sendfile at the senders, or without.
    public PayloadSettings withZeroCopy(boolean value) {
        return new PayloadSettings(repeating, value, skipReceiveCopy);
    }

    /// These settings with payloads left in the receivers' kernel, or not.
    public PayloadSettings withSkipReceiveCopy(boolean value) {
        return new PayloadSettings(repeating, zeroCopy, value);
    }
}
