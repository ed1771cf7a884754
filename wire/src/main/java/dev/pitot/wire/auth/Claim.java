package dev.pitot.wire.auth;

import java.time.Instant;

/// Who a client says it is, as it sealed it. Nothing of it is checked yet.
///
/// @param user not empty, without white space
/// @param password not empty, without white space
/// @param time the client's, when it sealed this; hostile ones may be anywhere
public record Claim(String user, String password, Instant time) {
    /// Without the password.
    @Override
    public String toString() {
        return "Claim[user=" + user + ", time=" + time + "]";
    }
}
