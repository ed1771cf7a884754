package dev.pitot.command;

import java.util.List;

/// The options of iperf 3.21 and Pitot's own, in the order of iperf's table (iperf_api.c:
/// longopts), which is the order in which an ambiguous abbreviation lists its possibilities.
enum Option {
    PORT(Use.BOTH, Argument.REQUIRED, 'p', "port"),
    FORMAT(Use.BOTH, Argument.REQUIRED, 'f', "format"),
    INTERVAL(Use.BOTH, Argument.REQUIRED, 'i', "interval"),
    DAEMON(Use.SERVER, Argument.NONE, 'D', "daemon"),
    ONE_OFF(Use.SERVER, Argument.NONE, '1', "one-off"),
    VERBOSE(Use.BOTH, Argument.NONE, 'V', "verbose"),
    JSON(Use.BOTH, Argument.NONE, 'J', "json"),
    JSON_STREAM(Use.BOTH, Argument.NONE, "json-stream"),
    JSON_STREAM_FULL_OUTPUT(Use.BOTH, Argument.NONE, "json-stream-full-output"),
    VERSION(Use.BOTH, Argument.NONE, 'v', "version"),
    SERVER(Use.BOTH, Argument.NONE, 's', "server"),
    CLIENT(Use.BOTH, Argument.REQUIRED, 'c', "client"),
    UDP(Use.CLIENT, Argument.NONE, 'u', "udp"),
    BITRATE(Use.CLIENT, Argument.REQUIRED, 'b', "bitrate", "bandwidth"),
    SERVER_BITRATE_LIMIT(Use.SERVER, Argument.REQUIRED, "server-bitrate-limit"),
    SERVER_MAX_DURATION(Use.SERVER, Argument.REQUIRED, "server-max-duration"),
    TIME(Use.CLIENT, Argument.REQUIRED, 't', "time"),
    BYTES(Use.CLIENT, Argument.REQUIRED, 'n', "bytes"),
    BLOCK_COUNT(Use.CLIENT, Argument.REQUIRED, 'k', "blockcount"),
    LENGTH(Use.CLIENT, Argument.REQUIRED, 'l', "length"),
    PARALLEL(Use.CLIENT, Argument.REQUIRED, 'P', "parallel"),
    REVERSE(Use.CLIENT, Argument.NONE, 'R', "reverse"),
    BIDIR(Use.CLIENT, Argument.NONE, "bidir"),
    WINDOW(Use.CLIENT, Argument.REQUIRED, 'w', "window"),
    BIND(Use.BOTH, Argument.REQUIRED, 'B', "bind"),
    BIND_DEVICE(Use.BOTH, Argument.REQUIRED, "bind-dev"),
    CLIENT_PORT(Use.BOTH, Argument.REQUIRED, "cport"),
    SET_MSS(Use.CLIENT, Argument.REQUIRED, 'M', "set-mss"),
    NO_DELAY(Use.CLIENT, Argument.NONE, 'N', "no-delay"),
    VERSION4(Use.BOTH, Argument.NONE, '4', "version4"),
    VERSION6(Use.BOTH, Argument.NONE, '6', "version6"),
    TOS(Use.CLIENT, Argument.REQUIRED, 'S', "tos"),
    DSCP(Use.CLIENT, Argument.REQUIRED, "dscp"),
    EXTRA_DATA(Use.CLIENT, Argument.REQUIRED, "extra-data"),
    FLOW_LABEL(Use.CLIENT, Argument.REQUIRED, 'L', "flowlabel"),
    ZERO_COPY(Use.CLIENT, Argument.NONE, 'Z', "zerocopy"),
    OMIT(Use.CLIENT, Argument.REQUIRED, 'O', "omit"),
    FILE(Use.BOTH, Argument.REQUIRED, 'F', "file"),
    REPEATING_PAYLOAD(Use.CLIENT, Argument.NONE, "repeating-payload"),
    TIMESTAMPS(Use.BOTH, Argument.OPTIONAL, "timestamps"),
    AFFINITY(Use.BOTH, Argument.REQUIRED, 'A', "affinity"),
    TITLE(Use.CLIENT, Argument.REQUIRED, 'T', "title"),
    CONGESTION(Use.CLIENT, Argument.REQUIRED, 'C', "congestion", "linux-congestion"),
    SCTP(Use.CLIENT, Argument.NONE, "sctp"),
    N_STREAMS(Use.CLIENT, Argument.REQUIRED, "nstreams"),
    X_BIND(Use.BOTH, Argument.REQUIRED, 'X', "xbind"),
    PID_FILE(Use.BOTH, Argument.REQUIRED, 'I', "pidfile"),
    LOG_FILE(Use.BOTH, Argument.REQUIRED, "logfile"),
    FORCE_FLUSH(Use.BOTH, Argument.NONE, "forceflush"),
    GET_SERVER_OUTPUT(Use.CLIENT, Argument.NONE, "get-server-output"),
    UDP_COUNTERS_64BIT(Use.CLIENT, Argument.NONE, "udp-counters-64bit"),
    NO_FQ_SOCKET_PACING(Use.CLIENT, Argument.NONE, "no-fq-socket-pacing"),
    DONT_FRAGMENT(Use.CLIENT, Argument.NONE, "dont-fragment"),
    SKIP_RX_COPY(Use.CLIENT, Argument.NONE, "skip-rx-copy"),
    USERNAME(Use.CLIENT, Argument.REQUIRED, "username"),
    RSA_PUBLIC_KEY_PATH(Use.CLIENT, Argument.REQUIRED, "rsa-public-key-path"),
    RSA_PRIVATE_KEY_PATH(Use.SERVER, Argument.REQUIRED, "rsa-private-key-path"),
    AUTHORIZED_USERS_PATH(Use.SERVER, Argument.REQUIRED, "authorized-users-path"),
    TIME_SKEW_THRESHOLD(Use.SERVER, Argument.REQUIRED, "time-skew-threshold"),
    USE_PKCS1_PADDING(Use.BOTH, Argument.NONE, "use-pkcs1-padding"),
    FQ_RATE(Use.CLIENT, Argument.REQUIRED, "fq-rate"),
    PACING_TIMER(Use.CLIENT, Argument.REQUIRED, "pacing-timer"),
    CONNECT_TIMEOUT(Use.CLIENT, Argument.REQUIRED, "connect-timeout"),
    IDLE_TIMEOUT(Use.SERVER, Argument.REQUIRED, "idle-timeout"),
    RECEIVE_TIMEOUT(Use.BOTH, Argument.REQUIRED, "rcv-timeout"),
    SEND_TIMEOUT(Use.BOTH, Argument.REQUIRED, "snd-timeout"),
    CONTROL_KEEPALIVE(Use.BOTH, Argument.OPTIONAL, "cntl-ka"),
    MPTCP(Use.BOTH, Argument.NONE, 'm', "mptcp"),
    GSRO(Use.CLIENT, Argument.NONE, "gsro"),
    DEBUG(Use.BOTH, Argument.OPTIONAL, 'd', "debug"),
    HELP(Use.BOTH, Argument.NONE, 'h', "help"),
    /// Pitot's own: which socket family carries the test.
    SOCKET(Use.BOTH, Argument.REQUIRED, "socket"),
    /// Pitot's own: a file whose first line is the password.
    PASSWORD_FILE(Use.CLIENT, Argument.REQUIRED, "password-file"),
    /// The rest is Pitot's own, too: where live figures go (see [MetricsDraft]).
    PUSH_URL(Use.BOTH, Argument.REQUIRED, "push.url"),
    PUSH_JOB(Use.BOTH, Argument.REQUIRED, "push.job"),
    PUSH_LABEL(Use.BOTH, Argument.REQUIRED, "push.label"),
    PUSH_INTERVAL(Use.BOTH, Argument.REQUIRED, "push.interval"),
    PUSH_TIMEOUT(Use.BOTH, Argument.REQUIRED, "push.timeout"),
    PUSH_RETRIES(Use.BOTH, Argument.REQUIRED, "push.retries"),
    PUSH_USER_AGENT(Use.BOTH, Argument.REQUIRED, "push.user-agent"),
    PUSH_DELETE_ON_EXIT(Use.BOTH, Argument.OPTIONAL, "push.delete-on-exit"),
    PUSH_CA(Use.BOTH, Argument.REQUIRED, "push.ca"),
    PUSH_TOKEN_FILE(Use.BOTH, Argument.REQUIRED, "push.token-file"),
    PUSH_USER(Use.BOTH, Argument.REQUIRED, "push.user"),
    PUSH_PASSWORD_FILE(Use.BOTH, Argument.REQUIRED, "push.password-file"),
    METRICS_FILE(Use.BOTH, Argument.REQUIRED, "metrics.file"),
    METRICS_FORMAT(Use.BOTH, Argument.REQUIRED, "metrics.format"),
    METRICS_LABEL(Use.BOTH, Argument.REQUIRED, "metrics.label"),
    METRICS_PREFIX(Use.BOTH, Argument.REQUIRED, "metrics.prefix"),
    METRICS_NAMES(Use.BOTH, Argument.REQUIRED, "metrics.names"),
    METRICS_LISTEN(Use.BOTH, Argument.REQUIRED, "metrics.listen");

    /// Which end an option is for. The other refuses it.
    enum Use {
        BOTH,
        CLIENT,
        SERVER
    }

    /// Whether a value follows. An optional one is written `--name=value` only.
    enum Argument {
        NONE,
        REQUIRED,
        OPTIONAL
    }

    private static final char NO_LETTER = 0;

    private final Use use;
    private final Argument argument;
    private final char letter;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> names;

    Option(Use use, Argument argument, char letter, String... names) {
        this.use = use;
        this.argument = argument;
        this.letter = letter;
        this.names = List.of(names);
    }

    Option(Use use, Argument argument, String... names) {
        this(use, argument, NO_LETTER, names);
    }

    Use use() {
        return use;
    }

    Argument argument() {
        return argument;
    }

    boolean hasLetter() {
        return letter != NO_LETTER;
    }

    char letter() {
        return letter;
    }

    /// Whether iperf3 has it. Others must be written in full, so that each abbreviation of
    /// iperf3's means what it means there.
    boolean isOfIperf3() {
        return compareTo(SOCKET) < 0;
    }

    /// Long names, the usual one first.
    List<String> names() {
        return names;
    }

    /// The usual long name with its dashes.
    @Override
    public String toString() {
        return "--" + names.getFirst();
    }
}
