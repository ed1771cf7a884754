package dev.pitot.wire.auth;

import java.time.Instant;

/// Decrypted identity of a client. Not checked yet.
///
/// @param user not empty, without white space
/// @param password not empty, without white space
/// @param time the client's time at encryption; not checked, may be any time
public record Claim(String user, String password, Instant time) {
    /// Omits the password.
    @Override
    public String toString() {
        return "Claim[user=" + user + ", time=" + time + "]";
    }
}
