package dev.pitot.engine.latency;

import dev.pitot.engine.latency.ProbePhases.Phase;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TargetReport;
import dev.pitot.model.result.TcpField;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpInfo;
import dev.pitot.socket.WaitPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// TCP connections to a target that the user names (`--probe`), beside a test: five per second on a thread of
/// their own, closed at once. Nothing is sent on them. Its failure never fails the test. Any thread, unless
/// stated otherwise.
public final class TcpProbe implements AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /// A SYN is retransmitted after a second (RFC 6298, 2.1): a later answer is not one round trip.
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);
    private static final long NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Endpoint target;
    private final Network network;
    private final ProbePhases phases;
    private final long idleNanos;
    private final Map<Phase, PhaseMeter> meters = PhaseMeter.ofAll(LatencyMethod.TCP_CONNECT); // of its thread
    private final Thread thread;
    private volatile long firstNanos = -1;
    private volatile boolean isEnded;
    private volatile boolean isClosed;
    private volatile @Nullable String failure;

    /// Names and connections, as the test has them.
    public interface Network {
        /// Returns the address of the target.
        ///
        /// @throws IOException if there is none, or it may not be used
        InetSocketAddress resolve(Endpoint target, WaitPolicy waitPolicy) throws IOException;

        /// Opens a connection.
        TcpConnection connect(InetSocketAddress target, WaitPolicy waitPolicy) throws IOException;
    }

    /// Starts the thread.
    ///
    /// @param idleNanos length of the phase before the load, and of that after it
    public TcpProbe(Endpoint target, Network network, ProbePhases phases, long idleNanos) {
        this.target = target;
        this.network = network;
        this.phases = phases;
        this.idleNanos = idleNanos;
        thread = Thread.ofPlatform().name("pitot-tcp-probe").daemon().unstarted(this::run);
        thread.start();
    }

    /// True if the phase before the load has lasted as planned, or nothing will come of it.
    public boolean isIdleOver() {
        long first = firstNanos;
        long now = phases.now();
        return isEnded || now >= idleNanos + TIMEOUT_NANOS || (first >= 0 && now - first >= idleNanos);
    }

    /// True if the phase after the load is over.
    public boolean isOver() {
        return isEnded || phases.sinceLoad(phases.now()) >= idleNanos;
    }

    private void run() {
        try {
            InetSocketAddress address = network.resolve(target, within(TIMEOUT_NANOS));
            long due = phases.now();
            while (!isClosed && !isOver()) {
                long now = phases.now();
                if (now >= due) {
                    due = Math.max(due + INTERVAL_NANOS, now); // what was missed is not made up for
                    connect(address, now);
                } else {
                    LockSupport.parkNanos(Math.min(due - now, SLICE_NANOS));
                }
            }
        } catch (IOException e) {
            failure = "no TCP probe of " + target.host() + ": " + e.getMessage();
        } catch (RuntimeException | Error e) {
            MemoryShortage.report(e);
            failure = "the TCP probe failed: " + e;
        } finally {
            isEnded = true;
        }
    }

    private void connect(InetSocketAddress address, long fromNanos) {
        PhaseMeter meter = meter(phases.at(fromNanos));
        meter.onSent();
        try (TcpConnection connection = network.connect(address, within(TIMEOUT_NANOS))) {
            meter.onAnswer(tripNanos(connection, phases.now() - fromNanos));
            firstNanos = firstNanos < 0 ? fromNanos : firstNanos;
        } catch (IOException _) { // refused, or no answer in time: counts as failed
        }
    }

    /// Prefers the kernel's time: this thread may have waited for a processor.
    private static long tripNanos(TcpConnection connection, long elapsedNanos) {
        TcpInfo info = connection.info();
        return info == null
                ? elapsedNanos
                : info.fields().get(TcpField.RTT).orElse(elapsedNanos / NANOS_PER_MICRO) * NANOS_PER_MICRO;
    }

    private WaitPolicy within(long nanos) {
        long start = phases.now();
        return () -> {
            if (isClosed) {
                throw new InterruptedIOException("cancelled");
            }
            long left = nanos - (phases.now() - start);
            if (left <= 0) {
                throw new SocketTimeoutException("Connection timed out");
            }
            return Math.clamp(left / NANOS_PER_MILLI, 1, WaitPolicy.MAX_SLICE_MILLIS);
        };
    }

    private PhaseMeter meter(Phase phase) {
        return Objects.requireNonNull(meters.get(phase));
    }

    /// Ends the thread. A second call does nothing.
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TIMEOUT_NANOS / 2 / NANOS_PER_MILLI);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
    }

    /// Returns the result. After `close`.
    public TargetReport report() {
        return new TargetReport(
                target, meter(Phase.IDLE).count(), meter(Phase.LOADED).count(), failure);
    }

    /// Returns the connect times of a phase; null if there were none or its thread runs. After `close`.
    public @Nullable RoundTripStatistics statistics(Phase phase) {
        return isEnded ? meter(phase).trips().statistics() : null;
    }
}
