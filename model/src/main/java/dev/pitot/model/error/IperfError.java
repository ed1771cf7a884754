package dev.pitot.model.error;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Error numbers and texts of iperf 3.21 (iperf_api.h, iperf_error.c). Numbers are sent in
/// SERVER_ERROR messages; texts are copied verbatim, since people search for them.
public enum IperfError {
    NONE(0, "no error", true),
    SERVER_AND_CLIENT(1, "cannot be both server and client"),
    NO_ROLE(2, "must either be a client (-c) or server (-s)"),
    SERVER_ONLY(3, "some option you are trying to set is server only"),
    CLIENT_ONLY(4, "some option you are trying to set is client only"),
    DURATION(5, "test duration valid values are 0 to 86400 seconds"),
    PARALLEL(6, "invalid number of parallel streams (min = 1, max = 128)"),
    BLOCK_SIZE(7, "block size too large (maximum = 1048576 bytes)"),
    WINDOW(8, "socket buffer size too large (maximum = 536870912 bytes)"),
    INTERVAL(9, "invalid report interval (min = 0.1, max = 60 seconds)"),
    MSS(10, "TCP MSS too large (maximum = 32767 bytes)"),
    NO_SENDFILE(11, "this OS does not support sendfile"),
    OMIT(12, "bogus value for --omit (maximum = 600 seconds)"),
    NOT_IMPLEMENTED(13, "an option you are trying to set is not implemented yet"),
    FILE(14, "unable to open -F file", true),
    BURST(15, "invalid burst count (maximum = 1000)"),
    END_CONDITIONS(16, "only one test end condition (-t, -n, -k) may be specified"),
    LOG_FILE(17, "unable to open log file", true),
    NO_SCTP(18, "no SCTP support available"),
    UDP_BLOCK_SIZE(20, "block size invalid (minimum = 16 bytes, maximum = 65507 bytes)"),
    TOS(21, "bad TOS value (must be between 0 and 255 inclusive)"),
    CLIENT_AUTH(22, "you must specify a username, password, and path to a valid RSA public key"),
    SERVER_AUTH(23, "you must specify a path to a valid RSA private key and a user credential file"),
    FORMAT(24, "bad format specifier (valid formats are in the set [kmgtKMGT])"),
    REVERSE_AND_BIDIR(25, "cannot be both reverse and bidirectional"),
    PORT(26, "port number must be between 1 and 65535 inclusive"),
    TOTAL_RATE(27, "total required bandwidth is larger than server limit"),
    RATE_INTERVAL(28, "invalid time interval for calculating average data rate"),
    SKEW_THRESHOLD(29, "skew threshold must be a positive number"),
    IDLE_TIMEOUT(30, "idle timeout parameter is not positive or larger than allowed limit"),
    RECEIVE_TIMEOUT(31, "receive timeout value is incorrect or not in range", true),
    RECEIVE_TIMEOUT_ROLE(32, "client receive timeout is valid only in receiving mode", true),
    SEND_TIMEOUT(33, "send timeout value is incorrect or not in range", true),
    FILE_OVER_UDP(34, "cannot transfer file using UDP"),
    USERS_FILE(35, "cannot access authorized users file"),
    KEEPALIVE(
            36,
            "control connection Keepalive period should be larger than the full retry period (interval * count)",
            true),
    MAX_DURATION(37, "client's requested duration exceeds the server's maximum permitted limit"),
    UNIT_SUFFIX(38, "invalid unit value or suffix", true),
    NO_SKIP_RX_COPY(39, "this OS does not support --skip-rx-copy"),
    DSCP(
            40,
            "bad DSCP value (numeric: 0-63 inclusive, symbolic: one of [af11-13, af21-23, af31-33, af41-43, cs1-7, ef, va, lowdelay, throughput, reliability])"),
    NEW_TEST(100, "unable to create a new test", true),
    INIT_TEST(101, "test initialization failed", true),
    LISTEN(102, "unable to start listener for connections", true),
    CONNECT(
            103,
            "unable to connect to server - server may have stopped running or use a different port, firewall issue, etc.",
            true),
    ACCEPT(104, "unable to accept connection from client", true),
    SEND_COOKIE(105, "unable to send cookie to server", true),
    RECEIVE_COOKIE(106, "unable to receive cookie at server", true),
    CONTROL_WRITE(107, "unable to write to the control socket", true),
    CONTROL_READ(108, "unable to read from the control socket", true),
    CONTROL_CLOSED(109, "control socket has closed unexpectedly"),
    UNKNOWN_MESSAGE(110, "received an unknown control message (ensure other side is iperf3 and not iperf)"),
    SEND_MESSAGE(
            111,
            "unable to send control message - port may not be available, the other side may have stopped running, etc.",
            true),
    RECEIVE_MESSAGE(
            112,
            "unable to receive control message - port may not be available, the other side may have stopped running, etc.",
            true),
    SEND_PARAMETERS(113, "unable to send parameters to server", true),
    RECEIVE_PARAMETERS(114, "unable to receive parameters from client", true),
    PACKAGE_RESULTS(115, "unable to package results", true),
    SEND_RESULTS(116, "unable to send results", true),
    RECEIVE_RESULTS(117, "unable to receive results", true),
    SELECT(118, "select failed", true),
    CLIENT_TERMINATED(119, "the client has terminated"),
    SERVER_TERMINATED(120, "the server has terminated"),
    BUSY(121, "the server is busy running a test. try again later"),
    SET_NO_DELAY(122, "unable to set TCP/SCTP NODELAY", true),
    SET_MSS(123, "unable to set TCP/SCTP MSS", true),
    SET_BUFFER(124, "unable to set socket buffer size", true),
    SET_TOS(125, "unable to set IP TOS", true),
    SET_TRAFFIC_CLASS(126, "unable to set IPv6 traffic class", true),
    SET_FLOW_LABEL(127, "unable to set IPv6 flow label"),
    REUSE_ADDRESS(128, "unable to reuse address on socket", true),
    SET_NON_BLOCKING(129, "unable to set socket to non-blocking", true),
    SET_WINDOW(130, "unable to set socket window size", true),
    NO_PROTOCOL(131, "protocol does not exist"),
    SET_AFFINITY(132, "unable to set CPU affinity", true),
    DAEMON(133, "unable to become a daemon", true),
    CONGESTION(134, "unable to set TCP_CONGESTION: Supplied congestion control algorithm not supported on this host"),
    PID_FILE(135, "unable to write PID file", true),
    V6_ONLY(136, "Unable to set/reset IPV6_V6ONLY", true),
    SET_SCTP_FRAGMENTS(137, "unable to set SCTP_DISABLE_FRAGMENTS", true),
    SET_SCTP_STREAMS(138, "unable to set SCTP_INIT num of SCTP streams", true),
    SET_PACING(140, "unable to set socket pacing", true),
    BUFFER_TOO_SMALL(141, "socket buffer size not set correctly"),
    AUTHORIZATION(142, "test authorization failed"),
    BIND_DEVICE(143, "Unable to bind-to-device (check perror, maybe permissions?)"),
    RECEIVE_IDLE(144, "idle timeout for receiving data"),
    SET_DONT_FRAGMENT(145, "unable to set IP Do-Not-Fragment flag"),
    DEVICE_UNSUPPORTED(146, "`<ip>%<dev>` is not supported as system does not support bind to device"),
    DEVICE_LINK_LOCAL(147, "host device name (ip%<dev>) is supported (and required) only for IPv6 link-local address"),
    SET_USER_TIMEOUT(148, "unable to set TCP USER_TIMEOUT", true),
    NEW_THREAD(150, "unable to create thread", true),
    CANCEL_THREAD(151, "unable to cancel thread", true),
    JOIN_THREAD(152, "unable to join thread", true),
    THREAD_ATTRIBUTES(153, "unable to create thread attributes", true),
    FREE_THREAD_ATTRIBUTES(154, "unable to destroy thread attributes", true),
    SET_KEEPALIVE(155, "unable to set socket keepalive (SO_KEEPALIVE) option", true),
    SET_KEEPALIVE_IDLE(156, "unable to set socket keepalive TCP period (TCP_KEEPIDLE) option", true),
    SET_KEEPALIVE_INTERVAL(157, "unable to set/get socket keepalive TCP retry interval (TCP_KEEPINTVL) option", true),
    SET_KEEPALIVE_COUNT(158, "unable to set/get socket keepalive TCP number of retries (TCP_KEEPCNT) option", true),
    SIGNAL_MASK(159, "unable to change mask of blocked signals"),
    SERVER_EXPIRED(160, "server test duration expired", true),
    NEW_STREAM(200, "unable to create a new stream", true),
    INIT_STREAM(201, "unable to initialize stream", true),
    STREAM_LISTEN(202, "unable to start stream listener", true),
    STREAM_CONNECT(203, "unable to connect stream", true),
    STREAM_ACCEPT(204, "unable to accept stream connection", true),
    STREAM_WRITE(205, "unable to write to stream socket", true),
    STREAM_READ(206, "unable to read from stream socket", true),
    STREAM_CLOSED(207, "stream socket has closed unexpectedly"),
    STREAM_ID(208, "stream has an invalid id");

    private static final Map<Integer, IperfError> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(IperfError::number, Function.identity()));

    private final int number;
    private final String text;
    private final boolean hasReason;

    IperfError(int number, String text) {
        this(number, text, false);
    }

    IperfError(int number, String text, boolean hasReason) {
        this.number = number;
        this.text = text;
        this.hasReason = hasReason;
    }

    /// Returns the error with this number, or null: newer iperf versions may define more.
    public static @Nullable IperfError ofNumber(int number) {
        return BY_NUMBER.get(number);
    }

    /// iperf's number, 0..208.
    public int number() {
        return number;
    }

    /// The text without a reason. If iperf would append the system's reason, it ends with a bare
    /// `: `, as in iperf.
    public String text() {
        return text("");
    }

    /// Returns the text followed by a reason, for example `Connection refused`, if iperf appends
    /// one; otherwise the text alone.
    public String text(String reason) {
        return hasReason ? text + ": " + reason : text;
    }
}
