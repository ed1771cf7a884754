package dev.pitot.engine.server;

import dev.pitot.engine.event.EventDispatcher;
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

/// Authenticates clients. The client gets the same error whatever is wrong (error 142); the reason is
/// announced as a verbose note (`-V`) on the server, in iperf's words (iperf_api.c: test_is_authorized).
final class Authorizer {
    // iperf_auth.c: check_authentication
    private static final int NONE = 0;
    private static final int WRONG_TIME = 1;
    private static final int USERS_UNREADABLE = 2;
    private static final int UNKNOWN_USER = 3;

    private static final Claim NOBODY = new Claim("", "", Instant.EPOCH);

    private Authorizer() {}

    /// @param code iperf's number; [#NONE] if the client is authorized
    /// @param cause the exception if the users file could not be read; else null
    private record Objection(int code, @Nullable IOException cause) {}

    /// @param token as the client sent it, or null
    /// @throws SessionFailure if the client is not authorized
    static void check(Authorization authorization, @Nullable String token, Instant now, EventDispatcher eventDispatcher)
            throws SessionFailure {
        Claim opened = token == null ? null : AuthToken.open(token, authorization);
        // the same time is taken whether or not the token could be decrypted
        Claim claim = opened == null ? NOBODY : opened;
        Objection objection = objection(authorization, claim, now);
        String user = "for user '" + claim.user() + "' ts " + claim.time().getEpochSecond();
        if (opened == null) {
            tell(eventDispatcher, "Authentication failed: there is no token, or this server's key cannot decrypt it");
            throw SessionFailure.of(IperfError.AUTHORIZATION, "");
        }
        if (objection.code() != NONE) {
            tell(eventDispatcher, "Authentication failed with return code " + objection.code() + " " + user);
            throw objection.cause() == null
                    ? SessionFailure.of(IperfError.AUTHORIZATION, "")
                    : SessionFailure.of(IperfError.AUTHORIZATION, "", objection.cause());
        }
        tell(eventDispatcher, "Authentication succeeded " + user);
    }

    /// Returns the reason for denying access. Everything is checked in any case, so that the response
    /// time is the same.
    private static Objection objection(Authorization authorization, Claim claim, Instant now) {
        Duration skew = Duration.between(claim.time(), now).abs();
        boolean isKnown = false;
        IOException unreadable = null;
        try {
            isKnown = authorization.users().know(claim.user(), PasswordHash.of(claim.user(), claim.password()));
        } catch (IOException e) { // handled below
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

    private static void tell(EventDispatcher eventDispatcher, String text) {
        eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.VERBOSE, text));
    }
}
