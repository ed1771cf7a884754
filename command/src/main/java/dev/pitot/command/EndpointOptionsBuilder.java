package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SctpSettings;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.UnitScale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builder of the options of this end, client or server: addresses, devices, timeouts and reporting.
/// Every value is checked as it is set. Used by one thread.
final class EndpointOptionsBuilder {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_SCTP_STREAMS = 65_535; // RFC 9260, 3.3.2: 16 bits
    private static final int KEEP_ALIVE_PARTS = 3;
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100); // iperf.h: MIN_INTERVAL

    private @Nullable String server;
    private int port = Endpoint.DEFAULT_PORT;
    private @Nullable String host;
    private AddressFamily family = AddressFamily.ANY;
    private int clientPort;
    private @Nullable String device;
    private SctpSettings sctp = SctpSettings.DEFAULT;
    private HostResources resources = HostResources.DEFAULT;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private ReportInterval interval = ReportInterval.DEFAULT;

    /// Server that a client connects to.
    ///
    /// @throws IllegalStateException if no server was named
    Endpoint server() {
        if (server == null) {
            throw new IllegalStateException("no server was named");
        }
        return new Endpoint(server, port);
    }

    /// Port that a server listens on.
    int port() {
        return port;
    }

    LocalBinding local() {
        return new LocalBinding(host, family, clientPort, device, sctp, resources);
    }

    Timeouts timeouts() {
        return timeouts;
    }

    ReportInterval interval() {
        return interval;
    }

    /// File of `-F`, or null.
    @Nullable String file() {
        return resources.file();
    }

    /// `-c host[%device]`.
    void server(Given given) throws UsageException {
        HostDevice parsed = host(given, "the name or address of a server");
        server = parsed.host();
        device(parsed);
    }

    void port(Given given) throws UsageException {
        port = portOf(given);
    }

    /// `-B host[%device]`.
    void bind(Given given) throws UsageException {
        HostDevice parsed = host(given, "a name or address of this machine");
        host = parsed.host();
        device(parsed);
    }

    /// Rejects an empty host, which the system's resolver would take for this machine.
    private static HostDevice host(Given given, String wanted) throws UsageException {
        String value = given.text();
        if (value.isBlank() || value.startsWith("%")) {
            throw UsageException.value(given, wanted);
        }
        return HostDevice.parse(value);
    }

    void device(String name) {
        device = name;
    }

    private void device(HostDevice parsed) {
        if (parsed.device() != null) {
            device = parsed.device();
        }
    }

    void family(AddressFamily value) {
        family = value;
    }

    void clientPort(Given given) throws UsageException {
        clientPort = portOf(given);
    }

    /// `-X`: one additional address.
    void alsoBind(Given given) throws UsageException {
        String name = given.text();
        if (name.isBlank()) {
            throw UsageException.value(given, "a name or address of this machine");
        }
        List<String> addresses = new ArrayList<>(sctp.addresses());
        addresses.add(name);
        sctp = new SctpSettings(addresses, sctp.streams());
    }

    /// `--nstreams`: a number with an optional suffix. It sets nothing else; iperf also takes it for a
    /// rate (iperf_api.c lacks a `break` there).
    void sctpStreams(Given given) throws UsageException {
        int streams = NumberArguments.size(given);
        if (streams > MAX_SCTP_STREAMS) {
            throw UsageException.value(given, "a number of streams up to " + MAX_SCTP_STREAMS);
        }
        sctp = new SctpSettings(sctp.addresses(), streams);
    }

    void file(String path) {
        resources = new HostResources(path, resources.core());
    }

    /// The first number of `-A`.
    void core(Given given) throws UsageException {
        Integer core = NumberArguments.anyBase(given);
        if (core == null) {
            throw new InvalidSettingException(IperfError.SET_AFFINITY);
        }
        resources = new HostResources(resources.file(), core);
    }

    /// `-i`: 0 means one report at the end.
    void interval(Given given) throws UsageException {
        Duration length = NumberArguments.seconds(given);
        if (!length.isZero() && length.compareTo(MIN_INTERVAL) < 0) {
            throw new InvalidSettingException(IperfError.INTERVAL);
        }
        interval = new ReportInterval(length);
    }

    /// Milliseconds with an optional suffix, as iperf reads this option; 0 means the system's default.
    void connectTimeout(Given given) throws UsageException {
        Duration connect = NumberArguments.isInMillis(given) // iperf would take the m for mebi
                ? NumberArguments.millis(given)
                : Duration.ofMillis(NumberArguments.scaled(given, UnitScale.BINARY));
        timeouts = new Timeouts(connect, timeouts.receive(), timeouts.send(), timeouts.controlKeepAlive());
    }

    void receiveTimeout(Given given) throws UsageException {
        Duration receive = NumberArguments.millis(given);
        timeouts = new Timeouts(timeouts.connect(), receive, timeouts.send(), timeouts.controlKeepAlive());
    }

    void sendTimeout(Given given) throws UsageException {
        Duration send = NumberArguments.millis(given);
        timeouts = new Timeouts(timeouts.connect(), timeouts.receive(), send, timeouts.controlKeepAlive());
    }

    /// `--cntl-ka[=idle/interval/count]`: an omitted part means the system's default.
    void keepAlive(Given given) throws UsageException {
        String value = given.value();
        String[] parts = value == null ? new String[0] : value.split("/", KEEP_ALIVE_PARTS);
        int[] numbers = new int[KEEP_ALIVE_PARTS];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = parts[i].isEmpty() ? 0 : keepAlivePart(i, given.part(parts[i]));
        }
        var keepAlive = new KeepAlive(Duration.ofSeconds(numbers[0]), Duration.ofSeconds(numbers[1]), numbers[2]);
        timeouts = new Timeouts(timeouts.connect(), timeouts.receive(), timeouts.send(), keepAlive);
    }

    /// Idle time and interval are seconds, the last part is a count.
    private static int keepAlivePart(int index, Given part) throws UsageException {
        return index < KEEP_ALIVE_PARTS - 1 ? NumberArguments.wholeSeconds(part) : NumberArguments.whole(part);
    }

    private static int portOf(Given given) throws UsageException {
        int port = NumberArguments.whole(given);
        if (port < 1 || port > MAX_PORT) {
            throw new InvalidSettingException(IperfError.PORT);
        }
        return port;
    }
}
