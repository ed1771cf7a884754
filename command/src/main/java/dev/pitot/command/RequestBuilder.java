package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.command.Option.Role;
import dev.pitot.command.Request.RunSettings;
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
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builder of a request: each row of [OptionTable] sets its part here. Invalid combinations are found
/// at the end, in iperf3's order. Used by one thread.
final class RequestBuilder {
    private static final Duration LOOPBACK_LENGTH = Duration.ofSeconds(5);

    private final TestOptionsBuilder test = new TestOptionsBuilder();
    private final EndpointOptionsBuilder end = new EndpointOptionsBuilder();
    private final ServerOptionsBuilder server = new ServerOptionsBuilder();
    private final OutputOptionsBuilder output = new OutputOptionsBuilder();
    private final AuthOptionsBuilder auth = new AuthOptionsBuilder(output::warning);
    private final MetricsOptionsBuilder metrics = new MetricsOptionsBuilder(output::warning);
    private final Set<Option> given = new HashSet<>();
    private @Nullable String socketFamily;
    private @Nullable String pidFile;

    /// Accepts an option.
    ///
    /// @throws UsageException if its value is invalid
    void accept(Given option) throws UsageException {
        given.add(option.option());
        option.option().set(this, option);
    }

    /// Settings that both ends agree on.
    TestOptionsBuilder test() {
        return test;
    }

    /// Settings of this end.
    EndpointOptionsBuilder end() {
        return end;
    }

    /// Settings that only a server has.
    ServerOptionsBuilder server() {
        return server;
    }

    /// Output settings.
    OutputOptionsBuilder output() {
        return output;
    }

    /// Authentication settings of client and server.
    AuthOptionsBuilder auth() {
        return auth;
    }

    /// Targets of live metrics.
    MetricsOptionsBuilder metrics() {
        return metrics;
    }

    /// `-c`.
    void client(Given host) throws UsageException {
        onlyOneRole();
        end.server(host);
    }

    void onlyOneRole() {
        if (isServer() && isClient()) {
            throw new InvalidSettingException(IperfError.SERVER_AND_CLIENT);
        }
    }

    /// `-A n[,m]`.
    void affinity(Given cores) throws UsageException {
        String value = cores.text();
        int comma = value.indexOf(',');
        end.core(comma < 0 ? cores : cores.part(value.substring(0, comma)));
        if (comma >= 0) {
            test.serverCore(NumberArguments.whole(cores.part(value.substring(comma + 1))));
        }
    }

    void socketFamily(Given name) throws UsageException {
        if (!name.option().value().choices().contains(name.text())) {
            throw UsageException.value(name, "linux or portable");
        }
        socketFamily = name.text();
    }

    void pidFile(String path) {
        pidFile = path;
    }

    private boolean isClient() {
        return given.contains(ClientOptionTable.CLIENT);
    }

    private boolean isServer() {
        return given.contains(ServerOptionTable.SERVER);
    }

    /// Checks everything that concerns more than one option, in iperf3's order; a missing role is
    /// reported last.
    Request build(PasswordSource passwords, Environment environment) throws UsageException {
        checkRole();
        Credentials credentials = isClient() ? auth.credentials(passwords) : null;
        if (isClient() && given.contains(CommonOptionTable.RECEIVE_TIMEOUT) && test.direction() == Direction.FORWARD) {
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
                    serverConfig, given.contains(ServerOptionTable.DAEMON), settings(metrics.build(environment)));
        }
        if (!isClient()) {
            throw new InvalidSettingException(IperfError.NO_ROLE);
        }
        if (end.server().equals(config.metadata().probe().target())) {
            throw UsageException.parameter("--probe: " + ClientConfig.PROBE_OF_SERVER);
        }
        var clientConfig =
                new ClientConfig(end.server(), config, end.local(), end.timeouts(), end.interval(), credentials);
        return new Request.Client(clientConfig, settings(metrics.build(environment)));
    }

    private void checkRole() {
        if (isClient() && given.stream().anyMatch(option -> option.role() == Role.SERVER)) {
            throw new InvalidSettingException(IperfError.SERVER_ONLY);
        }
        boolean isForClients = test.hasServerCore() || given.stream().anyMatch(option -> option.role() == Role.CLIENT);
        if (isServer() && isForClients) {
            throw new InvalidSettingException(IperfError.CLIENT_ONLY);
        }
    }

    /// Sets the byte limit of a client that sends a file and has no other end condition to the length
    /// of the file. (In iperf3 a receiving client also gets this limit, if the file that it will write
    /// exists.)
    private void endWithFile() {
        if (end.file() == null || !isClient() || test.hasLimit() || test.direction() == Direction.REVERSE) {
            return;
        }
        try {
            long bytes = Files.size(SystemPath.of(end.file()));
            if (bytes > 0) {
                test.usualLimit(new Limit.ForBytes(bytes));
            }
        } catch (IOException _) {
            // Then the test has its default length, as in iperf3; opening the file reports the error.
        }
    }

    /// Builds the request of `loopback`.
    Request loopback() throws UsageException {
        if (!test.hasLimit()) {
            test.usualLimit(new Limit.ForDuration(LOOPBACK_LENGTH));
        }
        TestConfig up = test.build();
        if (up.limit() instanceof Limit.Endless) {
            throw UsageException.value(new Given(ClientOptionTable.TIME, "0"), "a number of seconds above 0");
        }
        // variables for metrics are meant for tests against other hosts
        return new Request.Loopback(up, end.interval(), settings(MetricsOptions.NONE));
    }

    private RunSettings settings(MetricsOptions figures) throws UsageException {
        OutputOptions shown = output.build(test.title());
        MetricsOptions.File figuresFile = figures.file();
        if (figuresFile != null && figuresFile.path().equals(shown.logFile())) {
            throw UsageException.parameter(
                    MetricsOptionTable.METRICS_FILE + " and " + CommonOptionTable.LOG_FILE + " need different files");
        }
        return new RunSettings(shown, socketFamily, pidFile, figures, given);
    }
}
