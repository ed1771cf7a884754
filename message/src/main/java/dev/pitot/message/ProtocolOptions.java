package dev.pitot.message;

import dev.pitot.message.extended.ExtendedSettings;

/// The protocol of an endpoint, and its limits. Immutable; begin with [#DEFAULT].
///
/// @param mode which protocol
/// @param largestMessage payloads that it takes in the extended mode, in bytes; 1..16 MiB. A
///     legume's fit a datagram
/// @param sendQueueBytes payload bytes that may wait in one connection before it refuses more;
///     64 KiB..256 MiB, and more than two of the largest messages
/// @param keepsResendDelay whether an original legume at the other end is kept from estimating
///     its resend delay, which it gets wrong: its pings stay unanswered then, its `latency` reads
///     0, and it resends after 0.3 s
/// @param migrates whether a client moves to another port before an original server has used up the
///     65,535 ids that it has for a connection, after which it breaks ([MessageClientListener#migrated()])
/// @param protection against reading and forging; with any, only the extended mode is spoken
public record ProtocolOptions(
        ProtocolMode mode,
        int largestMessage,
        int sendQueueBytes,
        boolean keepsResendDelay,
        boolean migrates,
        Protection protection) {
    /// Both protocols, messages to 1 MiB, 4 MiB that wait, and care for originals: without it 5 %
    /// of what they send over a lossy path never arrives.
    public static final ProtocolOptions DEFAULT =
            new ProtocolOptions(ProtocolMode.AUTO, 1 << 20, 4 << 20, true, true, new Protection.None());

    private static final int MIN_QUEUE = 64 << 10;
    private static final int MAX_QUEUE = 256 << 20;

    /// The choice of the protocol.
    public enum ProtocolMode {
        /// The extended mode with peers that support it, legume's protocol with others.
        AUTO,
        /// Legume's protocol only.
        LEGUME,
        /// The extended mode only: an original legume cannot connect, nor be connected to.
        EXTENDED
    }

    /// @throws IllegalArgumentException if a value is out of range
    public ProtocolOptions {
        if (largestMessage < 1 || largestMessage > ExtendedSettings.MAX_MESSAGE) {
            throw new IllegalArgumentException(
                    "largestMessage not in 1.." + ExtendedSettings.MAX_MESSAGE + ": " + largestMessage);
        }
        if (sendQueueBytes < MIN_QUEUE || sendQueueBytes > MAX_QUEUE || sendQueueBytes / 2 < largestMessage) {
            throw new IllegalArgumentException("sendQueueBytes not in " + MIN_QUEUE + ".." + MAX_QUEUE
                    + ", or less than two of the largest messages: " + sendQueueBytes);
        }
        if (mode != ProtocolMode.EXTENDED && !(protection instanceof Protection.None)) {
            throw new IllegalArgumentException("only the extended mode can be protected: choose ProtocolMode.EXTENDED");
        }
    }

    /// Returns these options with another mode.
    public ProtocolOptions with(ProtocolMode other) {
        return new ProtocolOptions(other, largestMessage, sendQueueBytes, keepsResendDelay, migrates, protection);
    }

    /// Returns these options with other sizes.
    public ProtocolOptions withSizes(int largest, int queueBytes) {
        return new ProtocolOptions(mode, largest, queueBytes, keepsResendDelay, migrates, protection);
    }

    /// Returns these options with the extended mode inside DTLS.
    public ProtocolOptions withDtls(Protection.Dtls dtls) {
        return new ProtocolOptions(
                ProtocolMode.EXTENDED, largestMessage, sendQueueBytes, keepsResendDelay, migrates, dtls);
    }

    /// Returns these options with another `keepsResendDelay`.
    public ProtocolOptions withKeptResendDelay(boolean yes) {
        return new ProtocolOptions(mode, largestMessage, sendQueueBytes, yes, migrates, protection);
    }

    /// Returns these options with another `migrates`.
    public ProtocolOptions withMigration(boolean yes) {
        return new ProtocolOptions(mode, largestMessage, sendQueueBytes, keepsResendDelay, yes, protection);
    }
}
