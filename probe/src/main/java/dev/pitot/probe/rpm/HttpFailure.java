package dev.pitot.probe.rpm;

import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Failed requests as sentences for users.
final class HttpFailure {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final int LONGEST_LOCATION = 200;

    private HttpFailure() {}

    /// True if a connection was closed without a reason: now and then that is all that the JDK's client says of a
    /// TLS handshake that this end has refused. Another try usually tells why.
    static boolean hidesItsCause(Throwable failure) {
        return cause(failure) instanceof ClosedChannelException;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// Returns why a request failed.
    static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        return switch (cause) {
            case RpmException own -> ErrorText.of(own);
            case SSLHandshakeException tls -> "no trusted TLS connection to the server: " + ErrorText.of(tls);
            case HttpTimeoutException _, SocketTimeoutException _, TimeoutException _ ->
                "the server did not answer within " + ErrorText.of(ForeignProbe.TIMEOUT);
            case ConnectException connect
            when connect.getMessage() == null -> "the server cannot be reached: does it run, and is its port open?";
            case ConnectException connect -> "the server cannot be reached: " + ErrorText.of(connect);
            case IOException io -> "the connection failed: " + ErrorText.of(io);
            default -> "an error of this program: " + cause;
        };
    }

    /// Returns the failure that a status means which is not what was asked for.
    static RpmException of(int status, HttpHeaders headers, URI url) {
        String location = headers.firstValue("location").orElse("");
        if (status / 100 == 3 && !location.isEmpty()) {
            return new RpmException("%s redirects (status %d) to %s, which is not followed: give that URL"
                    .formatted(url, status, cut(location)));
        }
        if (status == 429 || status == 503) {
            String seconds = headers.firstValue("retry-after")
                    .filter(text -> SECONDS.matcher(text).matches())
                    .map(text -> "in " + text + " s")
                    .orElse("later");
            return new RpmException(
                    "the server is busy (status %d at %s): try again %s".formatted(status, url, seconds));
        }
        return new RpmException("%s answers with status %d instead of 200".formatted(url, status));
    }

    /// Returns what ends a request with the reason for which this end refused the response, rather than with the
    /// client's word that it was cancelled, which may come first.
    static <T> BiFunction<T, @Nullable Throwable, T> preferring(AtomicReference<@Nullable RpmException> refusal) {
        return (value, failure) -> {
            RpmException why = refusal.get();
            if (why != null) {
                throw new CompletionException(why);
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return value;
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_LOCATION ? text : text.substring(0, LONGEST_LOCATION) + "…";
    }
}
