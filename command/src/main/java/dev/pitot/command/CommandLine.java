package dev.pitot.command;

import dev.pitot.command.Option.Use;
import dev.pitot.command.Request.Surroundings;
import dev.pitot.command.file.SystemPath;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Authorization;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a command line into what it asks for. iperf3's options in iperf3's spelling; the first
/// words `loopback` and `completion` are Pitot's own commands. What is wrong is told in
/// iperf3's order: first what is wrong by itself, in the order of the line, then what does not
/// go together (iperf_api.c: iperf_parse_arguments).
public final class CommandLine {
    /// The first word of a command that runs a server and a client in one process.
    public static final String LOOPBACK = "loopback";

    /// The first word of a command that prints a script for a shell.
    public static final String COMPLETION = "completion";

    private static final Set<String> HELP = Set.of("-h", "--help");
    private static final Duration LOOPBACK_LENGTH = Duration.ofSeconds(5);
    private static final Set<Option> LOOPBACK_OPTIONS = EnumSet.of(
            Option.TIME,
            Option.PARALLEL,
            Option.UDP,
            Option.BITRATE,
            Option.LENGTH,
            Option.JSON,
            Option.INTERVAL,
            Option.FORMAT,
            Option.SOCKET,
            Option.VERSION,
            Option.HELP);
    private static final List<String> SOCKET_FAMILIES = List.of("linux", "portable");

    private final PasswordSource passwords;
    private final Variables variables;
    private final TestDraft test = new TestDraft();
    private final EndDraft end = new EndDraft();
    private final ServerDraft server = new ServerDraft();
    private final OutputDraft output = new OutputDraft();
    private final AuthDraft auth = new AuthDraft(output::warning);
    private final MetricsDraft metrics = new MetricsDraft(output::warning);
    private final Set<Option> given = EnumSet.noneOf(Option.class);
    private @Nullable String socketFamily;
    private @Nullable String pidFile;

    private CommandLine(PasswordSource passwords, Variables variables) {
        this.passwords = passwords;
        this.variables = variables;
    }

    /// Reads a command line, and the files with keys, users and password that it names.
    ///
    /// @param passwords asked once if a client has a name to show and no password file
    /// @param variables where some options have their defaults
    /// @throws UsageException if it asks for nothing that can be done
    public static Request parse(List<String> args, PasswordSource passwords, Variables variables)
            throws UsageException {
        if (!args.isEmpty() && args.getFirst().equals(COMPLETION)) {
            List<String> shell = args.subList(1, args.size());
            return shell.stream().anyMatch(HELP::contains)
                    ? new Request.Help(HelpText.COMPLETION)
                    : new Request.ShellCompletion(Completion.of(String.join(" ", shell)));
        }
        boolean isLoopback = !args.isEmpty() && args.getFirst().equals(LOOPBACK);
        var line = new CommandLine(passwords, variables);
        try {
            return line.read(new Getopt(isLoopback ? args.subList(1, args.size()) : args), isLoopback);
        } catch (InvalidSettingException e) {
            throw UsageException.parameter(String.valueOf(e.getMessage()));
        }
    }

    /// What `--help` shows: every option with a line or two, within 80 columns.
    public static String help() {
        return HelpText.all();
    }

    private Request read(Getopt options, boolean isLoopback) throws UsageException {
        for (var found = options.next(); found != null; found = options.next()) {
            Option option = found.option();
            if (option == Option.HELP) {
                return new Request.Help(isLoopback ? HelpText.loopback(LOOPBACK_OPTIONS) : help());
            }
            if (option == Option.VERSION) {
                return new Request.Version();
            }
            if (isLoopback && !LOOPBACK_OPTIONS.contains(option)) {
                throw UsageException.parameter(option + " is not an option of " + LOOPBACK);
            }
            given.add(option);
            switch (option.use()) {
                case BOTH -> acceptForBoth(option, found.value());
                case CLIENT -> acceptForClients(option, found.value() == null ? "" : found.value());
                case SERVER -> acceptForServers(option, found.value() == null ? "" : found.value());
            }
        }
        return isLoopback ? loopback() : finish();
    }

    /// One line for each option of both ends: what it sets.
    ///
    /// @param optionalValue null if the option takes none, or its optional one is absent
    private void acceptForBoth(Option option, @Nullable String optionalValue) throws UsageException {
        String value = optionalValue == null ? "" : optionalValue;
        switch (option) {
            case SERVER -> onlyOneRole();
            case CLIENT -> client(value);
            case PORT -> end.port(value);
            case BIND -> end.bind(value);
            case BIND_DEVICE -> end.device(value);
            case CLIENT_PORT -> end.clientPort(value);
            case VERSION4 -> end.family(AddressFamily.V4);
            case VERSION6 -> end.family(AddressFamily.V6);
            case X_BIND -> end.alsoBind(value);
            case FILE -> end.file(value);
            case AFFINITY -> affinity(value);
            case INTERVAL -> end.interval(value);
            case RECEIVE_TIMEOUT -> end.receiveTimeout(value);
            case SEND_TIMEOUT -> end.sendTimeout(value);
            case CONTROL_KEEPALIVE -> end.keepAlive(optionalValue);
            case MPTCP -> test.protocol(Protocol.MULTIPATH_TCP); // a server follows its clients
            case USE_PKCS1_PADDING -> auth.pkcs1Padding();
            case JSON -> output.json();
            case JSON_STREAM -> output.jsonStream();
            case JSON_STREAM_FULL_OUTPUT -> output.fullOutput();
            case FORMAT -> output.format(value);
            case VERBOSE -> output.verbose();
            case DEBUG -> output.debug(optionalValue);
            case TIMESTAMPS -> output.timestamps(optionalValue);
            case LOG_FILE -> output.logFile(value);
            case FORCE_FLUSH -> {} // every line is flushed anyway
            case PID_FILE -> pidFile = value;
            case SOCKET -> socketFamily = family(value);
            default -> metrics.accept(option, optionalValue);
        }
    }

    /// One line for each option of clients: what it sets.
    private void acceptForClients(Option option, String value) throws UsageException {
        switch (option) {
            case UDP -> test.protocol(Protocol.UDP);
            case SCTP -> test.protocol(Protocol.SCTP);
            case N_STREAMS -> end.sctpStreams(value);
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
            case NO_FQ_SOCKET_PACING -> noFairQueueRate();
            case PACING_TIMER -> test.pacingTimer(value);
            case WINDOW -> test.socket().window(value);
            case SET_MSS -> test.socket().mss(value);
            case NO_DELAY -> test.socket().noDelay();
            case CONGESTION -> test.socket().congestion(value);
            case TOS -> test.socket().tos(TypeOfService.parse(value));
            case DSCP -> test.socket().tos(TypeOfService.parseCodePoint(value));
            case FLOW_LABEL -> test.socket().flowLabel(value);
            case ZERO_COPY -> test.zeroCopy();
            case SKIP_RX_COPY -> test.skipReceiveCopy();
            case REPEATING_PAYLOAD -> test.repeatingPayload();
            case UDP_COUNTERS_64BIT -> test.wideCounters();
            case DONT_FRAGMENT -> test.dontFragment();
            case GSRO -> test.offload();
            case CONNECT_TIMEOUT -> end.connectTimeout(value);
            case TITLE -> test.title(value);
            case EXTRA_DATA -> test.extraData(value);
            case GET_SERVER_OUTPUT -> test.serverOutput();
            case USERNAME -> auth.user(value);
            case RSA_PUBLIC_KEY_PATH -> auth.publicKey(value);
            case PASSWORD_FILE -> auth.passwordFile(value);
            default -> throw unknown(option);
        }
    }

    /// One line for each option of servers: what it sets.
    private void acceptForServers(Option option, String value) throws UsageException {
        switch (option) {
            case DAEMON -> {} // asked for at the end
            case ONE_OFF -> server.oneTest();
            case IDLE_TIMEOUT -> server.idleTimeout(value);
            case SERVER_BITRATE_LIMIT -> server.bitrateLimit(value);
            case SERVER_MAX_DURATION -> server.maxDuration(value);
            case RSA_PRIVATE_KEY_PATH -> auth.privateKey(value);
            case AUTHORIZED_USERS_PATH -> auth.users(value);
            case TIME_SKEW_THRESHOLD -> auth.skewThreshold(value);
            default -> throw unknown(option);
        }
    }

    private static IllegalStateException unknown(Option option) {
        return new IllegalStateException(option + " sets nothing");
    }

    private void client(String host) throws UsageException {
        onlyOneRole();
        end.server(host);
    }

    private void onlyOneRole() {
        if (isServer() && isClient()) {
            throw new InvalidSettingException(IperfError.SERVER_AND_CLIENT);
        }
    }

    /// `-A n[,m]`.
    private void affinity(String value) throws UsageException {
        int comma = value.indexOf(',');
        end.core(comma < 0 ? value : value.substring(0, comma));
        if (comma >= 0) {
            test.serverCore(Numbers.whole(Option.AFFINITY, value.substring(comma + 1)));
        }
    }

    private void noFairQueueRate() {
        output.notice("Warning:  " + Option.NO_FQ_SOCKET_PACING + " is deprecated");
        test.fairQueueRate(Bitrate.UNLIMITED);
    }

    private static String family(String name) throws UsageException {
        if (!SOCKET_FAMILIES.contains(name)) {
            throw UsageException.value(Option.SOCKET, name, "linux or portable");
        }
        return name;
    }

    private boolean isClient() {
        return given.contains(Option.CLIENT);
    }

    private boolean isServer() {
        return given.contains(Option.SERVER);
    }

    /// Everything that concerns more than one option, in upstream's order; a missing role is the
    /// last that it tells.
    private Request finish() throws UsageException {
        checkRole();
        Credentials credentials = isClient() ? auth.credentials(passwords) : null;
        if (isClient() && given.contains(Option.RECEIVE_TIMEOUT) && test.direction() == Direction.FORWARD) {
            throw new InvalidSettingException(IperfError.RECEIVE_TIMEOUT_ROLE);
        }
        Authorization authorization = isServer() ? auth.authorization() : null;
        if (end.file() != null && test.protocol() == Protocol.UDP) {
            throw new InvalidSettingException(IperfError.FILE_OVER_UDP);
        }
        endWithFile();
        TestConfig config = test.build();
        if (isServer()) {
            var serverConfig = new ServerConfig(
                    end.port(),
                    end.local(),
                    end.timeouts(),
                    end.interval(),
                    server.lifetime(),
                    server.policy(authorization));
            return new Request.Server(
                    serverConfig, given.contains(Option.DAEMON), surroundings(metrics.build(variables)));
        }
        if (!isClient()) {
            throw new InvalidSettingException(IperfError.NO_ROLE);
        }
        var clientConfig =
                new ClientConfig(end.server(), config, end.local(), end.timeouts(), end.interval(), credentials);
        return new Request.Client(clientConfig, surroundings(metrics.build(variables)));
    }

    private void checkRole() {
        if (isClient() && given.stream().anyMatch(option -> option.use() == Use.SERVER)) {
            throw new InvalidSettingException(IperfError.SERVER_ONLY);
        }
        boolean isForClients = test.hasServerCore() || given.stream().anyMatch(option -> option.use() == Use.CLIENT);
        if (isServer() && isForClients) {
            throw new InvalidSettingException(IperfError.CLIENT_ONLY);
        }
    }

    /// A client that sends a file, and was not told when to end, sends the bytes that the file
    /// has. (Upstream's also receives so many, if there happens to be a file where it will write
    /// one.)
    private void endWithFile() {
        if (end.file() == null || !isClient() || test.hasLimit() || test.direction() == Direction.REVERSE) {
            return;
        }
        try {
            long bytes = Files.size(SystemPath.of(end.file()));
            if (bytes > 0) {
                test.limit(Option.FILE, new Limit.ForBytes(bytes));
            }
        } catch (IOException _) {
            // The test has its usual length then, as upstream's; whoever opens the file tells
            // what is wrong with it.
        }
    }

    private Request loopback() throws UsageException {
        if (!test.hasLimit()) {
            test.limit(Option.TIME, new Limit.ForDuration(LOOPBACK_LENGTH));
        }
        TestConfig up = test.build();
        if (up.limit() instanceof Limit.Endless) {
            throw UsageException.value(Option.TIME, "0", "a number of seconds above 0");
        }
        // variables for figures are meant for tests against others
        return new Request.Loopback(up, end.interval(), surroundings(MetricsOptions.NONE));
    }

    private Surroundings surroundings(MetricsOptions figures) throws UsageException {
        OutputOptions shown = output.build(test.title());
        MetricsOptions.File figuresFile = figures.file();
        if (figuresFile != null && figuresFile.path().equals(shown.logFile())) {
            throw UsageException.parameter(Option.METRICS_FILE + " and " + Option.LOG_FILE + " need different files");
        }
        return new Surroundings(shown, socketFamily, pidFile, figures);
    }
}
