package dev.pitot.cli.option;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Scale;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Collects the options that say how this end takes part: addresses, waiting, reporting, and a server's lifetime.
/// Every value is checked as it comes. Used by one thread.
final class EndDraft {
    private static final int MAX_PORT = 65_535;

    private @Nullable String server;
    private int port = Endpoint.DEFAULT_PORT;
    private LocalEnd local = LocalEnd.ANY;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private ReportInterval interval = ReportInterval.DEFAULT;
    private ServerConfig.Lifetime lifetime = ServerConfig.Lifetime.UNLIMITED;

    /// @throws IllegalStateException if no server was named
    ClientConfig client(TestConfig test) {
        if (server == null) {
            throw new IllegalStateException("no server was named");
        }
        return new ClientConfig(new Endpoint(server, port), test, local, timeouts, interval);
    }

    ServerConfig server() {
        return new ServerConfig(port, local, timeouts, interval, lifetime);
    }

    ReportInterval interval() {
        return interval;
    }

    void server(String value) throws UsageException {
        server = host(value);
    }

    void port(String value) throws UsageException {
        port = port(Option.PORT, value);
    }

    void bind(String value) throws UsageException {
        local = new LocalEnd(host(value), local.family(), local.clientPort());
    }

    void family(AddressFamily family) {
        local = new LocalEnd(local.host(), family, local.clientPort());
    }

    void clientPort(String value) throws UsageException {
        local = new LocalEnd(local.host(), local.family(), port(Option.CLIENT_PORT, value));
    }

    /// `-i`: 0 is one report at the end.
    void interval(String value) throws UsageException {
        interval = new ReportInterval(Numbers.seconds(Option.INTERVAL, value));
    }

    /// Milliseconds with an optional suffix, as upstream reads this one; 0 leaves it to the system.
    void connectTimeout(String value) {
        Duration connect = Duration.ofMillis(Scale.BINARY.parse(value));
        timeouts = new Timeouts(connect, timeouts.receive(), timeouts.send());
    }

    void receiveTimeout(String value) throws UsageException {
        Duration receive = Numbers.millis(Option.RECEIVE_TIMEOUT, value);
        timeouts = new Timeouts(timeouts.connect(), receive, timeouts.send());
    }

    void sendTimeout(String value) throws UsageException {
        Duration send = Numbers.millis(Option.SEND_TIMEOUT, value);
        timeouts = new Timeouts(timeouts.connect(), timeouts.receive(), send);
    }

    void oneTest() {
        lifetime = new ServerConfig.Lifetime(true, lifetime.idle());
    }

    void idleTimeout(String value) throws UsageException {
        int seconds = Numbers.whole(Option.IDLE_TIMEOUT, value);
        if (seconds < 1) {
            throw new InvalidSettingException(IperfError.IDLE_TIMEOUT);
        }
        lifetime = new ServerConfig.Lifetime(lifetime.oneTest(), Duration.ofSeconds(seconds));
    }

    private static int port(Option option, String value) throws UsageException {
        int port = Numbers.whole(option, value);
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidSettingException(IperfError.PORT);
        }
        return port;
    }

    /// A host without a device. `host%device` means `--bind-dev device`, except where the host is an IPv6 link-local
    /// address and the part behind the sign is its zone (iperf_util.c: iperf_parse_hostname).
    private static String host(String value) throws UsageException {
        boolean isLinkLocal = value.toLowerCase(Locale.ROOT).startsWith("fe80:");
        if (value.indexOf('%') >= 0 && !isLinkLocal) {
            throw CommandLine.later(Option.BIND_DEVICE);
        }
        return value;
    }
}
