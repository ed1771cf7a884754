package dev.pitot.engine;

import dev.pitot.engine.client.ClientSession;
import dev.pitot.engine.event.Announcer;
import dev.pitot.engine.session.Surroundings;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Credentials;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Extras;
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

/// Describes a client step by step. Immutable: each step returns a new description and leaves the
/// old one as it was, so one may be kept, varied and started any number of times. Every setting
/// is checked when it is made, with the bounds of iperf3's command line: what is out of range is an
/// [IllegalArgumentException], null a [NullPointerException], and both messages say what it was. What
/// depends on two settings (blocks and the protocol, a file and the protocol) is checked by
/// [#config()] and [#start()].
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
                LocalEnd.ANY,
                Timeouts.DEFAULT,
                ReportInterval.DEFAULT));
    }

    ClientBuilder(ClientConfig config) {
        this(config, config.test().toBuilder(), List.of(), null);
    }

    /// @param test becomes this description's own
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

    /// Which server, instead of the one that this description began with.
    public ClientBuilder server(Endpoint value) {
        return with(new ClientConfig(
                value, config.test(), config.local(), config.timeouts(), config.interval(), config.credentials()));
    }

    /// Where the server listens.
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

    /// The whole test at once.
    public ClientBuilder test(TestConfig value) {
        Objects.requireNonNull(value, "test is null");
        return new ClientBuilder(config, value.toBuilder(), listeners, sockets);
    }

    /// How long the counted part lasts.
    ///
    /// @param value more than 0, at most 86400 s
    public ClientBuilder duration(Duration value) {
        return limit(new Limit.ForDuration(value));
    }

    /// When the test ends.
    public ClientBuilder limit(Limit value) {
        return with(builder -> builder.limit(value));
    }

    /// What carries the data. Unless they are set, the length of blocks and the rate follow it:
    /// UDP sends 1 Mbit/s, everything else as fast as it can.
    public ClientBuilder protocol(Protocol value) {
        return with(builder -> builder.protocol(value));
    }

    /// UDP instead of TCP: `protocol(Protocol.UDP)`. It sends 1 Mbit/s unless a [#bitrate] is set.
    public ClientBuilder udp() {
        return protocol(Protocol.UDP);
    }

    /// How long blocks or datagrams are.
    ///
    /// @param value 1..1 MiB, for UDP 16..65507; 0 for the protocol's default
    public ClientBuilder blockBytes(int value) {
        return with(builder -> builder.blockBytes(value));
    }

    /// How many streams there are.
    ///
    /// @param value streams per direction, 1..128
    public ClientBuilder parallel(int value) {
        return with(builder -> builder.parallel(value));
    }

    /// Which end sends.
    public ClientBuilder direction(Direction value) {
        return with(builder -> builder.direction(value));
    }

    /// The server sends, instead of the client.
    public ClientBuilder reverse() {
        return direction(Direction.REVERSE);
    }

    /// Both ends send at once, each on streams of its own.
    public ClientBuilder bidirectional() {
        return direction(Direction.BIDIRECTIONAL);
    }

    /// How fast each stream may send.
    ///
    /// @param value of each stream
    public ClientBuilder bitrate(Bitrate value) {
        return with(builder -> builder.bitrate(value));
    }

    /// How fast each stream may send, in full.
    ///
    /// @param value its `fairQueueRate` unlimited or at least 8 bit/s, its `timerMicros` at most
    ///     2^31 - 1
    public ClientBuilder pacing(Pacing value) {
        return with(builder -> builder.pacing(value));
    }

    /// Warm-up before the counted part.
    ///
    /// @param value 0..600 s in whole seconds
    public ClientBuilder omit(Duration value) {
        return with(builder -> builder.omit(value));
    }

    /// Options of each data socket, at both ends.
    public ClientBuilder socket(SocketSettings value) {
        return with(builder -> builder.socket(value));
    }

    /// What blocks hold, and whether they are copied.
    public ClientBuilder payload(PayloadSettings value) {
        return with(builder -> builder.payload(value));
    }

    /// What only UDP has.
    public ClientBuilder datagrams(DatagramSettings value) {
        return with(builder -> builder.datagrams(value));
    }

    /// Metadata that travels with the test: a title, a text, the request for the server's output.
    public ClientBuilder extras(Extras value) {
        return with(builder -> builder.extras(value));
    }

    /// What this end uses of its machine besides the network: a file, a processor core.
    public ClientBuilder resources(Resources value) {
        Objects.requireNonNull(value, "resources is null");
        return with(new ClientConfig(
                config.server(),
                config.test(),
                config.local().with(value),
                config.timeouts(),
                config.interval(),
                config.credentials()));
    }

    /// Where own sockets are bound.
    public ClientBuilder local(LocalEnd value) {
        return with(new ClientConfig(
                config.server(), config.test(), value, config.timeouts(), config.interval(), config.credentials()));
    }

    /// How long to wait for what.
    public ClientBuilder timeouts(Timeouts value) {
        return with(new ClientConfig(
                config.server(), config.test(), config.local(), value, config.interval(), config.credentials()));
    }

    /// Who the client says it is, towards a server that lets in only whom it knows.
    public ClientBuilder credentials(Credentials value) {
        Objects.requireNonNull(value, "credentials is null");
        return with(new ClientConfig(
                config.server(), config.test(), config.local(), config.timeouts(), config.interval(), value));
    }

    /// How often to report.
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

    /// How to reach the network; the best that this machine has if it is never set. If that is not the Linux
    /// family although this is Linux (the JVM denies native access, say), listeners hear of it first, in a
    /// [dev.pitot.model.event.TestEvent.Note] of level WARNING.
    public ClientBuilder sockets(SocketFamily value) {
        return new ClientBuilder(config, test, listeners, Objects.requireNonNull(value, "sockets is null"));
    }

    /// Who else learns what happens while the test runs. Each listener has a queue and a thread
    /// of its own.
    public ClientBuilder listener(TestListener value) {
        List<TestListener> more = new ArrayList<>(listeners);
        more.add(Objects.requireNonNull(value, "listener is null"));
        return new ClientBuilder(config, test, List.copyOf(more), sockets);
    }

    /// What has been described, as a value.
    ///
    /// @throws InvalidSettingException if settings do not fit each other
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
    /// @throws IllegalArgumentException if the sockets cannot do what a setting asks for, or
    ///     settings do not fit each other
    public Run start() {
        SocketFallback found = SocketFallback.of(sockets);
        ClientConfig complete = config();
        Abilities.check(complete, found.family());
        List<Supplier<TestListener>> sources = new ArrayList<>();
        listeners.forEach(listener -> sources.add(() -> found.warned(listener)));
        var announcer = new Announcer(sources);
        Surroundings surroundings = Iperf.surroundings(found.family());
        return new Run(new ClientSession(complete, surroundings, announcer), announcer, surroundings.clock());
    }

    /// Carries the test out and waits for its end, and until the listener has been told
    /// everything.
    ///
    /// @throws InterruptedException if the calling thread is interrupted; the test is cancelled
    ///     then
    @CanIgnoreReturnValue
    public Outcome run() throws InterruptedException {
        try (Run run = start()) {
            return run.await();
        }
    }
}
