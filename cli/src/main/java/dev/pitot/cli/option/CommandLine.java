package dev.pitot.cli.option;

import dev.pitot.cli.option.Request.Surroundings;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a command line into what it asks for. iperf3's options in iperf3's spelling; the first
/// word `loopback` is Pitot's own command.
public final class CommandLine {
    private static final String LOOPBACK = "loopback";
    private static final Duration LOOPBACK_LENGTH = Duration.ofSeconds(5);
    private static final Set<Option> LOOPBACK_OPTIONS = EnumSet.of(
            Option.TIME, Option.PARALLEL, Option.JSON, Option.INTERVAL, Option.FORMAT, Option.SOCKET, Option.VERSION);
    private static final List<String> SOCKET_FAMILIES = List.of("linux", "portable");

    private final TestDraft test = new TestDraft();
    private final EndDraft end = new EndDraft();
    private final OutputDraft output = new OutputDraft();
    private final Set<Option> given = EnumSet.noneOf(Option.class);
    private @Nullable String socketFamily;
    private @Nullable String pidFile;

    private CommandLine() {}

    /// Reads a command line.
    ///
    /// @throws UsageException if it asks for nothing that can be done
    public static Request parse(List<String> args) throws UsageException {
        boolean isLoopback = !args.isEmpty() && args.getFirst().equals(LOOPBACK);
        var line = new CommandLine();
        try {
            return line.read(new Getopt(isLoopback ? args.subList(1, args.size()) : args), isLoopback);
        } catch (InvalidSettingException e) {
            throw UsageException.parameter(String.valueOf(e.getMessage()));
        }
    }

    private Request read(Getopt options, boolean isLoopback) throws UsageException {
        for (var found = options.next(); found != null; found = options.next()) {
            Option option = found.option();
            if (option == Option.HELP) {
                return new Request.Help();
            }
            if (option == Option.VERSION) {
                return new Request.Version();
            }
            if (isLoopback && !LOOPBACK_OPTIONS.contains(option)) {
                throw UsageException.parameter(option + " is not an option of " + LOOPBACK);
            }
            given.add(option);
            accept(option, found.value());
        }
        return isLoopback ? loopback() : finish();
    }

    /// One line for each option: what it sets.
    private void accept(Option option, @Nullable String optionalValue) throws UsageException {
        String value = optionalValue == null ? "" : optionalValue;
        switch (option) {
            case SERVER -> onlyOneRole();
            case CLIENT -> client(value);
            case PORT -> end.port(value);
            case BIND -> end.bind(value);
            case CLIENT_PORT -> end.clientPort(value);
            case VERSION4 -> end.family(AddressFamily.V4);
            case VERSION6 -> end.family(AddressFamily.V6);
            case INTERVAL -> end.interval(value);
            case CONNECT_TIMEOUT -> end.connectTimeout(value);
            case RECEIVE_TIMEOUT -> end.receiveTimeout(value);
            case SEND_TIMEOUT -> end.sendTimeout(value);
            case IDLE_TIMEOUT -> end.idleTimeout(value);
            case ONE_OFF -> end.oneTest();
            case TIME -> test.time(value);
            case BYTES -> test.bytes(value);
            case BLOCK_COUNT -> test.blocks(value);
            case OMIT -> test.omit(value);
            case LENGTH -> test.length(value);
            case PARALLEL -> test.parallel(value);
            case REVERSE -> test.direction(Direction.REVERSE);
            case BIDIR -> test.direction(Direction.BIDIRECTIONAL);
            case BITRATE -> test.bitrate(value);
            case FQ_RATE -> test.fairQueueRate(value);
            case WINDOW -> test.window(value);
            case SET_MSS -> test.mss(value);
            case NO_DELAY -> test.noDelay();
            case CONGESTION -> test.congestion(value);
            case TOS -> test.tos(TypeOfService.parse(value));
            case DSCP -> test.tos(TypeOfService.parseCodePoint(value));
            case ZERO_COPY -> test.zeroCopy();
            case TITLE -> test.title(value);
            case EXTRA_DATA -> test.extraData(value);
            case GET_SERVER_OUTPUT -> test.serverOutput();
            case JSON -> output.json();
            case JSON_STREAM -> output.jsonStream();
            case FORMAT -> output.format(value);
            case VERBOSE -> output.verbose();
            case DEBUG -> output.debug(optionalValue);
            case TIMESTAMPS -> output.timestamps(optionalValue);
            case LOG_FILE -> output.logFile(value);
            case PID_FILE -> pidFile = value;
            case SOCKET -> socketFamily = family(value);
            case FORCE_FLUSH, HELP, VERSION -> {
                // Every line is flushed anyway; the other two end the reading.
            }
            case DAEMON, JSON_STREAM_FULL_OUTPUT, UDP, SERVER_BITRATE_LIMIT, SERVER_MAX_DURATION, BIND_DEVICE -> {}
            case FLOW_LABEL, FILE, REPEATING_PAYLOAD, AFFINITY, SCTP, N_STREAMS, X_BIND, UDP_COUNTERS_64BIT -> {}
            case NO_FQ_SOCKET_PACING, DONT_FRAGMENT, USERNAME, RSA_PUBLIC_KEY_PATH, RSA_PRIVATE_KEY_PATH -> {}
            case AUTHORIZED_USERS_PATH, TIME_SKEW_THRESHOLD, USE_PKCS1_PADDING, PACING_TIMER -> {}
            case CONTROL_KEEPALIVE, MPTCP, SKIP_RX_COPY, GSRO -> {}
        }
    }

    private void client(String host) throws UsageException {
        onlyOneRole();
        end.server(host);
    }

    private void onlyOneRole() {
        if (given.contains(Option.SERVER) && given.contains(Option.CLIENT)) {
            throw new InvalidSettingException(IperfError.SERVER_AND_CLIENT);
        }
    }

    private static String family(String name) throws UsageException {
        if (!SOCKET_FAMILIES.contains(name)) {
            throw UsageException.value(Option.SOCKET, name, "linux or portable");
        }
        return name;
    }

    private Request finish() throws UsageException {
        boolean isClient = given.contains(Option.CLIENT);
        boolean isServer = given.contains(Option.SERVER);
        if (!isClient && !isServer) {
            isServer = given.contains(Option.ONE_OFF) || given.contains(Option.DAEMON); // they imply it
        }
        checkRole(isClient, isServer);
        for (Option option : given) {
            if (option.isLater()) {
                throw later(option);
            }
        }
        if (isServer) {
            return new Request.Server(end.server(), surroundings());
        }
        if (given.contains(Option.RECEIVE_TIMEOUT) && test.direction() == Direction.FORWARD) {
            throw new InvalidSettingException(IperfError.RECEIVE_TIMEOUT_ROLE);
        }
        return new Request.Client(end.client(test.build()), surroundings());
    }

    private void checkRole(boolean isClient, boolean isServer) {
        if (!isClient && !isServer) {
            throw new InvalidSettingException(IperfError.NO_ROLE);
        }
        if (isClient && given.stream().anyMatch(Option::isForServersOnly)) {
            throw new InvalidSettingException(IperfError.SERVER_ONLY);
        }
        if (isServer && given.stream().anyMatch(Option::isForClientsOnly)) {
            throw new InvalidSettingException(IperfError.CLIENT_ONLY);
        }
    }

    /// What a person is told about an option of iperf's that this version does not have.
    static UsageException later(Option option) {
        return UsageException.parameter(option + " is not available in this version of Pitot");
    }

    private Request loopback() throws UsageException {
        if (!test.hasLimit()) {
            test.limit(Option.TIME, new Limit.ForDuration(LOOPBACK_LENGTH));
        }
        TestConfig up = test.build();
        if (up.limit() instanceof Limit.Endless) {
            throw UsageException.value(Option.TIME, "0", "a number of seconds above 0");
        }
        return new Request.Loopback(up, end.interval(), surroundings());
    }

    private Surroundings surroundings() {
        return new Surroundings(output.build(test.title()), socketFamily, pidFile);
    }
}
