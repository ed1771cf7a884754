package dev.pitot.message;

import java.nio.charset.StandardCharsets;

/// A server's answer to a client that wants to connect.
public sealed interface Admission {
    /// The client is accepted.
    record Accept() implements Admission {}

    /// The client is rejected.
    ///
    /// @param reason for people, at most 200 bytes as UTF-8; a client that speaks legume does not
    ///     receive it
    record Reject(String reason) implements Admission {
        private static final int MOST_BYTES = 200;

        /// @throws IllegalArgumentException if the reason is too long
        public Reject {
            int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException("a reason has at most " + MOST_BYTES + " bytes, not " + bytes);
            }
        }
    }

    /// Returns that the client is accepted.
    static Admission accept() {
        return new Accept();
    }

    /// Returns that the client is rejected.
    ///
    /// @throws IllegalArgumentException if the reason is too long
    static Admission reject(String reason) {
        return new Reject(reason);
    }
}
