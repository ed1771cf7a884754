package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.SessionContext;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Builder of a client. Immutable: each step returns a new builder and leaves the old one unchanged, so a
/// builder can be kept, varied and started any number of times. Every setting is checked when it is made,
/// with the bounds of iperf3's command line: a value out of range throws an [IllegalArgumentException],
/// null a [NullPointerException], and both messages contain the setting. Settings that depend on each
/// other (block length and protocol, file and protocol) are checked by [#config()] and [#start()].
@CheckReturnValue
public final class ClientBuilder {
    private final ClientConfig config;
    private final TestConfig.Builder test;
    private final List<TestListener> listeners;
    private final @Nullable SocketFamily sockets;

    ClientBuilder(String host) {
        this(new ClientConfig(
                new Endpoint(host, Endpoint.DEFAULT_PORT),
                TestConfig.builder().build(),
                LocalBinding.ANY,
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT));
    }

    ClientBuilder(ClientConfig config) {
        this(config, config.test().toBuilder(), List.of(), null);
    }

    /// @param test owned by this builder from now on
    private ClientBuilder(
            ClientConfig config,
            TestConfig.Builder test,
            List<TestListener> listeners,
            @Nullable SocketFamily sockets) {
        this.config = config;
        this.test = test;
        this.listeners = listeners;
        this.sockets = sockets;
    }

    private ClientBuilder with(ClientConfig changed) {
        return new ClientBuilder(changed, test, listeners, sockets);
    }

    private ClientBuilder with(Consumer<TestConfig.Builder> change) {
        TestConfig.Builder changed = test.copy();
        change.accept(changed);
        return new ClientBuilder(config, changed, listeners, sockets);
    }

    /// Sets the server, replacing the one given at the start.
    public ClientBuilder server(Endpoint value) {
        return with(new ClientConfig(
                value, config.test(), config.local(), config.timeouts(), config.interval(), config.credentials()));
    }

    /// Sets the server's port.
    ///
    /// @param value 1..65535
    public ClientBuilder port(int value) {
        return with(new ClientConfig(
                new Endpoint(config.server().host(), value),
                config.test(),
                config.local(),
                config.timeouts(),
                config.interval(),
                config.credentials()));
    }

    /// Replaces the whole test configuration.
    public ClientBuilder test(TestConfig value) {
        Objects.requireNonNull(value, "test is null");
        return new ClientBuilder(config, value.toBuilder(), listeners, sockets);
    }

    /// Sets the length of the counted part.
    ///
    /// @param value more than 0, at most 86400 s
    public ClientBuilder duration(Duration value) {
        return limit(new Limit.ForDuration(value));
    }

    /// Sets the limit at which the test ends.
    public ClientBuilder limit(Limit value) {
        return with(builder -> builder.limit(value));
    }

    /// Sets the transport protocol. Unless they are set, the block length and the rate depend on it: UDP
    /// sends 1 Mbit/s, the others as fast as they can.
    public ClientBuilder protocol(Protocol value) {
        return with(builder -> builder.protocol(value));
    }

    /// Uses UDP instead of TCP: `protocol(Protocol.UDP)`. Sends 1 Mbit/s unless a [#bitrate] is set.
    public ClientBuilder udp() {
        return protocol(Protocol.UDP);
    }

    /// Sets the length of blocks or datagrams.
    ///
    /// @param value 1..1 MiB, for UDP 16..65507; 0 for the protocol's default
    public ClientBuilder blockBytes(int value) {
        return with(builder -> builder.blockBytes(value));
    }

    /// Sets the number of parallel streams.
    ///
    /// @param value streams per direction, 1..128
    public ClientBuilder parallel(int value) {
        return with(builder -> builder.parallel(value));
    }

    /// Sets which end sends.
    public ClientBuilder direction(Direction value) {
        return with(builder -> builder.direction(value));
    }

    /// Makes the server send, instead of the client.
    public ClientBuilder reverse() {
        return direction(Direction.REVERSE);
    }

    /// Makes both ends send at once, on separate streams.
    public ClientBuilder bidirectional() {
        return direction(Direction.BIDIRECTIONAL);
    }

    /// Sets the target rate of each stream.
    ///
    /// @param value of each stream
    public ClientBuilder bitrate(Bitrate value) {
        return with(builder -> builder.bitrate(value));
    }

    /// Sets the target rate of each stream together with its other pacing parameters.
    ///
    /// @param value its rate of fair queueing unlimited or at least 8 bit/s, its `timerMicros` at most
    ///     2^31 - 1
    public ClientBuilder pacing(Pacing value) {
        return with(builder -> builder.pacing(value));
    }

    /// Sets the length of the warm-up before the counted part.
    ///
    /// @param value 0..600 s in whole seconds
    public ClientBuilder omit(Duration value) {
        return with(builder -> builder.omit(value));
    }

    /// Sets the options of each data socket, at both ends.
    public ClientBuilder socket(SocketSettings value) {
        return with(builder -> builder.socket(value));
    }

    /// Sets the content of blocks and whether they are copied.
    public ClientBuilder payload(PayloadSettings value) {
        return with(builder -> builder.payload(value));
    }

    /// Sets the options that only UDP has.
    public ClientBuilder datagrams(DatagramSettings value) {
        return with(builder -> builder.datagrams(value));
    }

    /// Sets the metadata sent with the test: a title, a text, the request for the server's output.
    public ClientBuilder metadata(TestMetadata value) {
        return with(builder -> builder.metadata(value));
    }

    /// Sets the resources that this end uses of its host: a file, a processor core.
    public ClientBuilder resources(HostResources value) {
        Objects.requireNonNull(value, "resources is null");
        return with(new ClientConfig(
                config.server(),
                config.test(),
                config.local().with(value),
                config.timeouts(),
                config.interval(),
                config.credentials()));
    }

    /// Sets the local address and device that this end's sockets are bound to.
    public ClientBuilder local(LocalBinding value) {
        return with(new ClientConfig(
                config.server(), config.test(), value, config.timeouts(), config.interval(), config.credentials()));
    }

    /// Sets the timeouts.
    public ClientBuilder timeouts(Timeouts value) {
        return with(new ClientConfig(
                config.server(), config.test(), config.local(), value, config.interval(), config.credentials()));
    }

    /// Sets the user name and password for a server that requires authentication.
    public ClientBuilder credentials(Credentials value) {
        Objects.requireNonNull(value, "credentials is null");
        return with(new ClientConfig(
                config.server(), config.test(), config.local(), config.timeouts(), config.interval(), value));
    }

    /// Sets the report interval.
    ///
    /// @param value ZERO for one report at the end, else 100 ms..60 s
    public ClientBuilder interval(Duration value) {
        return with(new ClientConfig(
                config.server(),
                config.test(),
                config.local(),
                config.timeouts(),
                new ReportInterval(value),
                config.credentials()));
    }

    /// Sets the socket family; by default the best that works on this host. If the default on Linux is
    /// not the Linux family (for example because the JVM denies native access), the first event of each
    /// listener is a [dev.pitot.model.event.TestEvent.Note] of level WARNING that says so.
    public ClientBuilder sockets(SocketFamily value) {
        return new ClientBuilder(config, test, listeners, Objects.requireNonNull(value, "sockets is null"));
    }

    /// Adds a listener for the events of the test. Each listener has its own queue and thread.
    public ClientBuilder listener(TestListener value) {
        List<TestListener> more = new ArrayList<>(listeners);
        more.add(Objects.requireNonNull(value, "listener is null"));
        return new ClientBuilder(config, test, List.copyOf(more), sockets);
    }

    /// Returns the complete configuration.
    ///
    /// @throws InvalidSettingException if settings contradict each other
    public ClientConfig config() {
        TestConfig complete = test.build();
        if (complete.protocol().isDatagram() && config.local().resources().file() != null) {
            throw new InvalidSettingException(IperfError.FILE_OVER_UDP);
        }
        return new ClientConfig(
                config.server(), complete, config.local(), config.timeouts(), config.interval(), config.credentials());
    }

    /// Starts the test and returns at once.
    ///
    /// @throws IllegalArgumentException if the socket family does not support a setting, or settings
    ///     contradict each other
    public ClientRun start() {
        SocketFallback found = SocketFallback.of(sockets);
        ClientConfig complete = config();
        FeatureCheck.check(complete, found.family());
        List<Supplier<TestListener>> sources = new ArrayList<>();
        listeners.forEach(listener -> sources.add(() -> found.warned(listener)));
        var eventDispatcher = new EventDispatcher(sources);
        SessionContext context = Iperf.context(found.family());
        return new ClientRun(new ClientSession(complete, context, eventDispatcher), eventDispatcher, context.clock());
    }

    /// Runs the test, waits for its end, and then up to 5 seconds until the listeners have received
    /// all events.
    ///
    /// @throws InterruptedException if the calling thread is interrupted; the test is then cancelled
    @CanIgnoreReturnValue
    public Outcome run() throws InterruptedException {
        try (ClientRun run = start()) {
            return run.await();
        }
    }
}
