package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.Announcer;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.ReportInterval;
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
    private TestConfig test = TestConfig.builder().build();
    private LocalEnd local = LocalEnd.ANY;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private ReportInterval interval = ReportInterval.DEFAULT;
    private TestListener listener = _ -> {};
    private @Nullable SocketFamily sockets;

    ClientBuilder(String host) {
        server = new Endpoint(host, Endpoint.DEFAULT_PORT);
    }

    ClientBuilder(ClientConfig config) {
        server = config.server();
        test = config.test();
        local = config.local();
        timeouts = config.timeouts();
        interval = config.interval();
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
        test = value;
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
        test = test.toBuilder().limit(value).build();
        return this;
    }

    /// How many streams there are.
    ///
    /// @param value streams per direction, 1..128
    public ClientBuilder parallel(int value) {
        test = test.toBuilder().parallel(value).build();
        return this;
    }

    /// Which end sends.
    public ClientBuilder direction(Direction value) {
        test = test.toBuilder().direction(value).build();
        return this;
    }

    /// How fast each stream may send.
    ///
    /// @param value of each stream
    public ClientBuilder bitrate(Bitrate value) {
        test = test.toBuilder().bitrate(value).build();
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

    /// How often to report.
    ///
    /// @param value ZERO for one report at the end, else 0.1..60 s
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
    /// @throws IllegalArgumentException if the sockets cannot do what a setting asks for
    public Run start() {
        SocketFamily family = sockets == null ? SocketFamilies.best() : sockets;
        Abilities.check(test, timeouts, family);
        var config = new ClientConfig(server, test, local, timeouts, interval);
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
