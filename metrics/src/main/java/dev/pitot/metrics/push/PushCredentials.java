package dev.pitot.metrics.push;

/// Who a push says it is. Secrets show up in no text but the request.
public sealed interface PushCredentials {
    /// Nobody.
    record None() implements PushCredentials {}

    /// Whoever holds a token (RFC 6750).
    ///
    /// @param token not empty, printable ASCII
    record Bearer(String token) implements PushCredentials {
        /// @throws IllegalArgumentException with a sentence that does not show the token
        public Bearer {
            if (token.isBlank() || !HeaderText.isPrintable(token)) {
                throw new IllegalArgumentException("the bearer token must not be empty, and of printable ASCII");
            }
        }

        /// Without the token.
        @Override
        public String toString() {
            return "Bearer[]";
        }
    }

    /// A user with a password (RFC 7617).
    ///
    /// @param user not empty, without a colon
    record Basic(String user, String password) implements PushCredentials {
        /// @throws IllegalArgumentException with a sentence that does not show the password
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user's name must not be empty, and hold no colon");
            }
        }

        /// Without the password.
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }
}
