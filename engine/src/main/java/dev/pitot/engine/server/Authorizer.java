package dev.pitot.engine.server;

import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.wire.auth.AuthToken;
import dev.pitot.wire.auth.Claim;
import dev.pitot.wire.auth.PasswordHash;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Lets in only clients that prove who they are. Whatever is wrong, the client hears the same
/// (error 142); what it was is told to those who look after the server (`-V`), in iperf's words
/// (iperf_api.c: test_is_authorized).
final class Authorizer {
    // iperf_auth.c: check_authentication
    private static final int NONE = 0;
    private static final int WRONG_TIME = 1;
    private static final int USERS_UNREADABLE = 2;
    private static final int UNKNOWN_USER = 3;

    private static final Claim NOBODY = new Claim("", "", Instant.EPOCH);

    private Authorizer() {}

    /// @param code iperf's number; [#NONE] if the client may in
    /// @param cause why the users could not be read; null if they could
    private record Objection(int code, @Nullable IOException cause) {}

    /// @param token as the client sent it, or null
    /// @throws SessionFailure if the client may not in
    static void check(Authorization authorization, @Nullable String token, Instant now, Announcer announcer)
            throws SessionFailure {
        Claim opened = token == null ? null : AuthToken.open(token, authorization);
        // an answer takes as long whether the token could be opened or not
        Claim claim = opened == null ? NOBODY : opened;
        Objection objection = objection(authorization, claim, now);
        String user = "for user '" + claim.user() + "' ts " + claim.time().getEpochSecond();
        if (opened == null) {
            tell(announcer, "Authentication failed: no token that this server's key opens");
            throw SessionFailure.of(IperfError.AUTHORIZATION, "");
        }
        if (objection.code() != NONE) {
            tell(announcer, "Authentication failed with return code " + objection.code() + " " + user);
            throw objection.cause() == null
                    ? SessionFailure.of(IperfError.AUTHORIZATION, "")
                    : SessionFailure.of(IperfError.AUTHORIZATION, "", objection.cause());
        }
        tell(announcer, "Authentication succeeded " + user);
    }

    /// What speaks against letting somebody in. Everything is looked at in any
    /// case, so that an answer takes as long whatever it is.
    private static Objection objection(Authorization authorization, Claim claim, Instant now) {
        Duration skew = Duration.between(claim.time(), now).abs();
        boolean isKnown = false;
        IOException unreadable = null;
        try {
            isKnown = authorization.users().know(claim.user(), PasswordHash.of(claim.user(), claim.password()));
        } catch (IOException e) { // answered below
            unreadable = e;
        }
        if (skew.compareTo(authorization.maxSkew()) > 0) {
            return new Objection(WRONG_TIME, null);
        }
        if (unreadable != null) {
            return new Objection(USERS_UNREADABLE, unreadable);
        }
        return new Objection(isKnown ? NONE : UNKNOWN_USER, null);
    }

    private static void tell(Announcer announcer, String text) {
        announcer.announce(new TestEvent.Note(TestEvent.Level.VERBOSE, text));
    }
}
