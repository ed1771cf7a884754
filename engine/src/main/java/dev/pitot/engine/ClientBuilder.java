package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.Announcer;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.Resources;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.socket.SocketFamily;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Describes a client step by step. Every setting is checked when it is made. Not safe for use
/// by several threads.
public final class ClientBuilder {
    private Endpoint server;
    private TestConfig.Builder test = TestConfig.builder();
    private LocalEnd local = LocalEnd.ANY;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private ReportInterval interval = ReportInterval.DEFAULT;
    private TestListener listener = _ -> {};
    private @Nullable Credentials credentials;
    private @Nullable SocketFamily sockets;

    ClientBuilder(String host) {
        server = new Endpoint(host, Endpoint.DEFAULT_PORT);
    }

    ClientBuilder(ClientConfig config) {
        server = config.server();
        test = config.test().toBuilder();
        local = config.local();
        timeouts = config.timeouts();
        interval = config.interval();
        credentials = config.credentials();
    }

    /// Where the server listens.
    ///
    /// @param value 1..65535
    public ClientBuilder port(int value) {
        server = new Endpoint(server.host(), value);
        return this;
    }

    /// The whole test at once.
    public ClientBuilder test(TestConfig value) {
        test = value.toBuilder();
        return this;
    }

    /// How long the counted part lasts.
    ///
    /// @param value more than 0, at most 86400 s
    public ClientBuilder duration(Duration value) {
        return limit(new Limit.ForDuration(value));
    }

    /// When the test ends.
    public ClientBuilder limit(Limit value) {
        test.limit(value);
        return this;
    }

    /// What carries the data. Unless they are set, the length of blocks and the rate follow it:
    /// UDP sends 1 Mbit/s, everything else as fast as it can.
    public ClientBuilder protocol(Protocol value) {
        test.protocol(value);
        return this;
    }

    /// How long blocks or datagrams are.
    ///
    /// @param value 1..1 MiB, for UDP 16..65507; 0 for the protocol's default
    public ClientBuilder blockBytes(int value) {
        test.blockBytes(value);
        return this;
    }

    /// How many streams there are.
    ///
    /// @param value streams per direction, 1..128
    public ClientBuilder parallel(int value) {
        test.parallel(value);
        return this;
    }

    /// Which end sends.
    public ClientBuilder direction(Direction value) {
        test.direction(value);
        return this;
    }

    /// How fast each stream may send.
    ///
    /// @param value of each stream
    public ClientBuilder bitrate(Bitrate value) {
        test.bitrate(value);
        return this;
    }

    /// How fast each stream may send, in full.
    public ClientBuilder pacing(Pacing value) {
        test.pacing(value);
        return this;
    }

    /// Warm-up before the counted part.
    ///
    /// @param value 0..600 s in whole seconds
    public ClientBuilder omit(Duration value) {
        test.omit(value);
        return this;
    }

    /// Options of each data socket, at both ends.
    public ClientBuilder socket(SocketSettings value) {
        test.socket(value);
        return this;
    }

    /// What blocks hold, and whether they are copied.
    public ClientBuilder payload(PayloadSettings value) {
        test.payload(value);
        return this;
    }

    /// What only UDP has.
    public ClientBuilder datagrams(DatagramSettings value) {
        test.datagrams(value);
        return this;
    }

    /// What this end uses of its machine besides the network: a file, a processor core.
    public ClientBuilder resources(Resources value) {
        local = local.with(value);
        return this;
    }

    /// Where own sockets are bound.
    public ClientBuilder local(LocalEnd value) {
        local = value;
        return this;
    }

    /// How long to wait for what.
    public ClientBuilder timeouts(Timeouts value) {
        timeouts = value;
        return this;
    }

    /// Who the client says it is, towards a server that lets in only whom it knows.
    public ClientBuilder credentials(Credentials value) {
        credentials = value;
        return this;
    }

    /// How often to report.
    ///
    /// @param value ZERO for one report at the end, else 10 ms..60 s
    public ClientBuilder interval(Duration value) {
        interval = new ReportInterval(value);
        return this;
    }

    /// How to reach the network; the best that this machine has if it is never set.
    public ClientBuilder sockets(SocketFamily value) {
        sockets = value;
        return this;
    }

    /// Who learns what happens while the test runs.
    public ClientBuilder listener(TestListener value) {
        listener = value;
        return this;
    }

    /// Starts the test and returns at once.
    ///
    /// @throws IllegalArgumentException if the sockets cannot do what a setting asks for, or
    ///     settings do not fit each other
    public Run start() {
        SocketFamily family = sockets == null ? SocketFamilies.best() : sockets;
        var config = new ClientConfig(server, test.build(), local, timeouts, interval, credentials);
        Abilities.check(config, family);
        TestListener chosen = listener;
        var announcer = new Announcer(() -> chosen);
        return new Run(new ClientSession(config, Iperf.surroundings(family), announcer), announcer);
    }

    /// Carries the test out and waits for its end, and until the listener has been told
    /// everything.
    ///
    /// @throws InterruptedException if the calling thread is interrupted; the test is cancelled
    ///     then
    public Outcome run() throws InterruptedException {
        try (Run run = start()) {
            return run.await();
        }
    }
}
