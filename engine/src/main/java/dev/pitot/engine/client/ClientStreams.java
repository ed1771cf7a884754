package dev.pitot.engine.client;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.DataConnections;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.TransferLimit;
import dev.pitot.engine.session.Watchdogs;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.TestRole;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.UdpConnectMessage;
import java.time.Duration;
import java.util.List;

/// Streams of a client's test: opens, starts and stops them. Belongs to the session's thread.
final class ClientStreams {
    private final ClientConfig config;
    private final Cookie cookie;
    private final Connector connector;
    private final Session session;
    private final ClientProbe probe;
    private TestConfig test;
    private boolean hasAll;
    private long askedNanos;

    ClientStreams(ClientConfig config, Cookie cookie, Connector connector, Session session) {
        this.config = config;
        this.cookie = cookie;
        this.connector = connector;
        this.session = session;
        probe = new ClientProbe(connector, cookie, session);
        test = config.test();
    }

    /// Records the time at which the parameters were sent.
    void onAsked() {
        askedNanos = session.clock().nanoTime();
    }

    /// Starts opening the data connections; the next state waits for them.
    void open(TestConfig agreed) {
        test = agreed;
        session.expectData(test, TestRole.CLIENT, config.local().resources().file());
        StreamOpener.Server server = server();
        var opening = new StreamOpener(connector, cookie, server, test, this::prepare, session);
        session.eventLoop().await(probe.begin(test, server, sendsFile(), opening));
    }

    /// Measurement beside the streams.
    ClientProbe probe() {
        return probe;
    }

    /// Returns the server and the round-trip time to it. Where the kernel does not report one, it is at
    /// most the time that the server took to request the streams.
    private StreamOpener.Server server() {
        long known = session.control().roundTrip().toNanos();
        long answer = session.clock().nanoTime() - askedNanos;
        return new StreamOpener.Server(session.control().remote(), known == 0 ? answer : known, session.extension());
    }

    private void prepare() throws SessionFailure {
        var limits = new TransferLimit(
                test,
                session.extension(),
                sendsFile(),
                () -> session.eventQueue().put(new Event.LimitReached()));
        var settings = new Session.MeasuringSettings(
                test, config.interval(), config.local().resources().core(), lengthNanos());
        session.prepare(
                limits,
                settings,
                streams -> Watchdogs.ofClient(
                        streams, test, limits, config.timeouts().receive(), probe.besides(test, streams)));
        rehearse();
    }

    /// Loads what comes before and after the data when the server's clock runs already.
    private void rehearse() throws SessionFailure {
        ClientState.rehearse();
        session.report().streams(session.data(), new EventDispatcher(List.of()));
        long now = session.clock().nanoTime();
        var _ = AwaitedCondition.MET.isMet(now);
        if (test.protocol().isDatagram()) {
            var _ = UdpConnectMessage.isReply(UdpConnectMessage.request());
            new LatencyMeter().onUdpConnected(1);
        }
        var _ = SendDrain.of(session.measurement(), test.protocol(), true, session.clock())
                .isMet(now);
    }

    private long lengthNanos() {
        return switch (test.limit()) {
            case Limit.ForDuration(Duration length) -> length.toNanos();
            case Limit.ForBytes _, Limit.ForBlocks _, Limit.Endless _ -> Long.MAX_VALUE;
        };
    }

    private boolean sendsFile() {
        return config.local().resources().file() != null && test.hasClientSenders();
    }

    /// Stops opening connections and reports them. A server that starts the test has all of them; the
    /// answer to the last one may have been lost.
    void report() throws SessionFailure {
        DataConnections data = session.data();
        hasAll = data.isComplete();
        if (hasAll) {
            session.report().streams(data, session.eventDispatcher());
        }
    }

    void start() throws SessionFailure {
        if (!hasAll) { // the server did not wait for them
            throw SessionFailure.of(IperfError.UNKNOWN_MESSAGE, "");
        }
        session.start();
    }

    /// Stops counting; the next state waits until the sent data has arrived.
    void stop() {
        session.measurement().stop();
        probe.endLoad();
        if (sendsFile() || !session.extension().isNone()) { // a server of Pitot waits for it if it writes a file
            session.measurement().endSending();
        }
        boolean isLimited = TransferLimit.limitBytes(test) != null || sendsFile();
        boolean mayOvertake = isLimited || test.protocol().isDatagram();
        session.eventLoop()
                .await(
                        mayOvertake
                                ? SendDrain.of(session.measurement(), test.protocol(), isLimited, session.clock())
                                : AwaitedCondition.MET);
    }
}
