package dev.pitot.metrics.push;

/// Credentials of a push. Secrets appear only in the request, never in other text.
public sealed interface PushCredentials {
    /// No credentials.
    record None() implements PushCredentials {}

    /// Bearer token (RFC 6750).
    ///
    /// @param token not empty, printable ASCII
    record Bearer(String token) implements PushCredentials {
        /// @throws IllegalArgumentException if the token is invalid; the message does not show it
        public Bearer {
            if (token.isBlank() || !HeaderText.isPrintable(token)) {
                throw new IllegalArgumentException("the bearer token must be printable ASCII and not empty");
            }
        }

        /// Returns a text without the token.
        @Override
        public String toString() {
            return "Bearer[]";
        }
    }

    /// User name and password (RFC 7617).
    ///
    /// @param user not empty, without a colon
    record Basic(String user, String password) implements PushCredentials {
        /// @throws IllegalArgumentException if the user name is invalid; the message does not show
        ///     the password
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user name must not be empty or contain a colon");
            }
        }

        /// Returns a text without the password.
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }
}
