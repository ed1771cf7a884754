package dev.pitot.engine.client;

import dev.pitot.engine.latency.ProbePhases;
import dev.pitot.engine.latency.TcpProbe;
import dev.pitot.engine.latency.UdpEcho;
import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.Event;
import dev.pitot.engine.session.Session;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.Watchdog;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.wire.control.Cookie;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Measurement beside a client's test: before the streams are opened, while they transfer data, and after
/// that. What fails here is reported, and the test goes on. Belongs to the session's thread.
final class ClientProbe implements AutoCloseable {
    /// Length of the phase before the load, and of that after it.
    private static final Duration IDLE = Duration.ofSeconds(2);

    /// Part of a short test that each of them may last.
    private static final int SHORT_IDLE = 5;

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Connector connector;
    private final Cookie cookie;
    private final Session session;
    private @Nullable ProbePhases phases;
    private @Nullable UdpEcho echo;
    private @Nullable String failure;
    private @Nullable TcpProbe target;
    private boolean isReported;

    ClientProbe(Connector connector, Cookie cookie, Session session) {
        this.connector = connector;
        this.cookie = cookie;
        this.session = session;
    }

    /// Starts the probes, if there are any.
    ///
    /// @param sendsFile whether the test ends with a file
    /// @return the opening of the streams, after the phase without load
    AwaitedCondition begin(TestConfig test, StreamOpener.Server server, boolean sendsFile, AwaitedCondition opening) {
        ProbeSettings settings = test.metadata().probe();
        boolean hasEcho = settings.perSecond() > 0 && server.extension().hasEcho();
        if (!hasEcho && settings.target() == null) {
            return opening;
        }
        long idleNanos = sendsFile ? 0 : idleNanos(test, settings);
        var starting = ProbePhases.of(test, session.clock());
        if (idleNanos == 0) {
            starting.endIdle();
        }
        phases = starting;
        if (hasEcho) {
            beginEcho(test, server, starting, idleNanos);
        }
        if (settings.target() != null) {
            target = new TcpProbe(settings.target(), connector.probes(server.address()), starting, idleNanos);
        }
        return idleNanos == 0 ? opening : new AfterIdle(starting, opening);
    }

    private void beginEcho(TestConfig test, StreamOpener.Server server, ProbePhases starting, long idleNanos) {
        try {
            echo = new UdpEcho(
                    connector.openEcho(test, server.address(), session.untilCancelled()),
                    EchoDatagram.Key.of(cookie),
                    starting,
                    new UdpEcho.Plan(test.metadata().probe().perSecond(), idleNanos, server.roundTripNanos()));
        } catch (IOException e) {
            failure = "no socket for the UDP probe: " + e.getMessage();
        }
    }

    /// Tests of unknown length, and those that end with their data, have no phase without load.
    private static long idleNanos(TestConfig test, ProbeSettings settings) {
        return test.limit() instanceof Limit.ForDuration(Duration length) && settings.idle()
                ? Math.min(IDLE.toNanos(), length.toNanos() / SHORT_IDLE)
                : 0;
    }

    /// Opening of the streams after the phase without load.
    private final class AfterIdle implements AwaitedCondition {
        private final ProbePhases begun;
        private final AwaitedCondition opening;
        private boolean isIdle = true;

        AfterIdle(ProbePhases begun, AwaitedCondition opening) {
            this.begun = begun;
            this.opening = opening;
        }

        @Override
        public boolean isMet(long nowNanos) throws SessionFailure {
            if (isIdle && (echo == null || echo.isIdleOver()) && (target == null || target.isIdleOver())) {
                begun.endIdle();
                isIdle = false;
            }
            return !isIdle && opening.isMet(nowNanos);
        }

        @Override
        public long nanosBetweenLooks() {
            return isIdle ? STEP_NANOS : opening.nanosBetweenLooks();
        }
    }

    /// Returns what starts with the streams, and keeps the probe small beside them.
    Watchdog besides(TestConfig test, List<OpenStream> streams) {
        return new LoadShare(test, streams);
    }

    /// Keeps the requests below 1 % of the load in bits, and at one per second at least.
    private final class LoadShare implements Watchdog {
        private static final double SHARE = 0.01;
        private static final double REQUEST_BITS = (EchoDatagram.BYTES + 40 + 8) * Byte.SIZE; // with IPv6 and UDP
        private static final long LOOK_NANOS = 200_000_000;
        private static final double NANOS_PER_SECOND = 1e9;

        private final List<OpenStream> streams;
        private final double targetBits;
        private long lastNanos;
        private long lastBytes;

        LoadShare(TestConfig test, List<OpenStream> streams) {
            this.streams = streams;
            targetBits = (double) test.streams().pacing().target().bitsPerSecond() * streams.size();
        }

        @Override
        public void start(long nowNanos) {
            lastNanos = nowNanos;
            if (phases != null) {
                phases.startLoad();
            }
            if (targetBits > 0) {
                limit(targetBits);
            }
        }

        @Override
        public long nanosBetweenLooks() {
            return echo == null ? Long.MAX_VALUE : LOOK_NANOS;
        }

        @Override
        public @Nullable Event look(long nowNanos) {
            if (echo != null && nowNanos - lastNanos >= LOOK_NANOS) {
                long bytes = 0;
                for (OpenStream open : streams) {
                    bytes += open.stream().snapshot().bytes();
                }
                limit((bytes - lastBytes) * Byte.SIZE * NANOS_PER_SECOND / (nowNanos - lastNanos));
                lastBytes = bytes;
                lastNanos = nowNanos;
            }
            return null;
        }

        private void limit(double bitsPerSecond) {
            if (echo != null) {
                echo.setRate(bitsPerSecond * SHARE / REQUEST_BITS);
            }
        }
    }

    /// Records that the load has ended at this end. A second call changes nothing.
    void endLoad() {
        if (phases != null) {
            phases.endLoad();
        }
    }

    /// Returns a condition together with the end of the phase after the load.
    AwaitedCondition afterLoad(AwaitedCondition other) {
        return phases == null ? other : new AfterLoad(other);
    }

    private final class AfterLoad implements AwaitedCondition {
        private final AwaitedCondition other;
        private boolean isOtherMet;

        AfterLoad(AwaitedCondition other) {
            this.other = other;
        }

        @Override
        public boolean isMet(long nowNanos) throws SessionFailure {
            isOtherMet = isOtherMet || other.isMet(nowNanos);
            return isOtherMet && (echo == null || echo.isOver()) && (target == null || target.isOver());
        }

        @Override
        public long nanosBetweenLooks() {
            return isOtherMet ? STEP_NANOS : Math.clamp(other.nanosBetweenLooks(), 1, STEP_NANOS);
        }
    }

    /// Ends the probe, and adds its results to those of the session. A second call does nothing.
    void finish() {
        close();
        if (isReported) {
            return;
        }
        isReported = true;
        if (echo != null) {
            add(echo.statistics(ProbePhases.Phase.IDLE), echo.statistics(ProbePhases.Phase.LOADED));
            session.latency().echo(echo.report());
        } else if (failure != null) {
            session.latency().echo(new EchoReport.Unavailable(failure));
        }
        if (target != null) {
            add(target.statistics(ProbePhases.Phase.IDLE), target.statistics(ProbePhases.Phase.LOADED));
            session.latency().target(target.report());
        }
    }

    private void add(@Nullable RoundTripStatistics idle, @Nullable RoundTripStatistics loaded) {
        if (idle != null) {
            session.latency().addIdle(idle);
        }
        if (loaded != null) {
            session.latency().addLoaded(loaded);
        }
    }

    @Override
    public void close() {
        endLoad();
        if (echo != null) {
            echo.close();
        }
        if (target != null) {
            target.close();
        }
    }
}
