package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Timeouts of one end. Each end has its own; they are not sent to the peer.
///
/// @param connect limit for connecting the control connection (`--connect-timeout`); ZERO for the
///     system default
/// @param receive limit without new data on any receiving stream (`--rcv-timeout`), 100 ms..86400 s
/// @param send limit for sent data to be acknowledged (`--snd-timeout`, TCP_USER_TIMEOUT), 0..86400
///     s; ZERO for the system default
/// @param controlKeepAlive keep-alive of the control connection; null for none
public record Timeouts(
        Duration connect,
        Duration receive,
        Duration send,
        @Nullable KeepAlive controlKeepAlive) {
    private static final Duration MIN_RECEIVE = Duration.ofMillis(100); // iperf.h: MIN_NO_MSG_RCVD_TIMEOUT
    private static final Duration MAX = Duration.ofSeconds(86_400); // iperf.h: MAX_TIME

    /// 120 s to receive (iperf.h: DEFAULT_NO_MSG_RCVD_TIMEOUT), system defaults for the rest.
    public static final Timeouts DEFAULT = new Timeouts(Duration.ZERO, Duration.ofSeconds(120), Duration.ZERO);

    /// @throws InvalidSettingException (errors 31, 33) if out of range
    public Timeouts {
        Objects.requireNonNull(connect, "connect is null");
        Objects.requireNonNull(receive, "receive is null");
        Objects.requireNonNull(send, "send is null");
        if (receive.compareTo(MIN_RECEIVE) < 0 || receive.compareTo(MAX) > 0) {
            throw new InvalidSettingException(IperfError.RECEIVE_TIMEOUT);
        }
        if (send.isNegative() || send.compareTo(MAX) > 0) {
            throw new InvalidSettingException(IperfError.SEND_TIMEOUT);
        }
        if (connect.isNegative()) {
            throw new IllegalArgumentException("connect < 0: " + connect);
        }
    }

    /// Timeouts without keep-alive.
    public Timeouts(Duration connect, Duration receive, Duration send) {
        this(connect, receive, send, null);
    }

    /// Returns these timeouts with this connect timeout; ZERO for the system default.
    public Timeouts withConnect(Duration value) {
        return new Timeouts(value, receive, send, controlKeepAlive);
    }

    /// Returns these timeouts with this receive timeout, 100 ms..86400 s.
    public Timeouts withReceive(Duration value) {
        return new Timeouts(connect, value, send, controlKeepAlive);
    }

    /// Returns these timeouts with this send timeout, 0..86400 s; ZERO for the system default.
    public Timeouts withSend(Duration value) {
        return new Timeouts(connect, receive, value, controlKeepAlive);
    }

    /// Returns these timeouts with this keep-alive of the control connection; null for none.
    public Timeouts withControlKeepAlive(@Nullable KeepAlive value) {
        return new Timeouts(connect, receive, send, value);
    }
}
