package dev.pitot.engine.latency;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// UDP echo of a client beside its test: sends requests on a thread of its own, and measures the answers. The
/// first request is repeated until it is answered, and counts as none. Its failure never fails the test. Any
/// thread, unless stated otherwise.
public final class UdpEcho implements AutoCloseable {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(WaitPolicy.MAX_SLICE_MILLIS);

    /// Time after which the first request is repeated.
    private static final long REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// Time without an answer to the first requests after which there will be none, and round trips beyond
    /// it.
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int ROUND_TRIPS = 4;

    /// First requests that are sent before there is no answer: this thread may have stood still.
    private static final int FIRST_REQUESTS = 4;

    private static final long ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// Most time to wait for the last answer.
    private static final long MAX_LAST_NANOS = SECOND_NANOS;

    private static final long LAST_EXTRA_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final UdpConnection connection;
    private final EchoDatagram.Key key;
    private final ProbePhases phases;
    private final Plan plan;
    private final EchoMeter meter;
    private final ByteBuffer block = ByteBuffer.allocateDirect(EchoDatagram.BYTES + 1); // a longer one is seen
    private final Thread thread;
    private volatile long intervalNanos;
    private volatile long answeredNanos = -1; // time of the first answer
    private volatile boolean isMeasured; // an answer has counted
    private volatile boolean isEnded;
    private volatile boolean isClosed;
    private volatile @Nullable String failure;
    private int sequence;
    private long dueNanos;
    private long firstSentNanos;
    private long lastSentNanos;
    private int firstRequests;
    private boolean isAfter;
    private boolean isSentAfter;
    private boolean hasStopped;

    /// Plan of an echo.
    ///
    /// @param perSecond requests per second, 1 or more
    /// @param idleNanos length of the phase before the load, and of that after it
    /// @param roundTripNanos of the control connection
    public record Plan(int perSecond, long idleNanos, long roundTripNanos) {}

    /// Starts the thread, which sends at once.
    ///
    /// @param connection to the port of the test, owned from now on
    public UdpEcho(UdpConnection connection, EchoDatagram.Key key, ProbePhases phases, Plan plan) {
        this.connection = connection;
        this.key = key;
        this.phases = phases;
        this.plan = plan;
        meter = new EchoMeter(phases);
        intervalNanos = SECOND_NANOS / plan.perSecond();
        dueNanos = phases.now();
        thread = Thread.ofPlatform().name("pitot-udp-probe").daemon().unstarted(this::run);
        thread.start();
    }

    /// Sets the rate from now on.
    ///
    /// @param perSecond at most that of the plan; below 1 counts as 1
    public void setRate(double perSecond) {
        intervalNanos = (long) (SECOND_NANOS / Math.clamp(perSecond, 1, plan.perSecond()));
    }

    /// True if the phase before the load has lasted as planned and has a measurement, or nothing will come of it.
    public boolean isIdleOver() {
        long first = answeredNanos;
        long more = phases.now() - first - plan.idleNanos();
        return isEnded || (first >= 0 && more >= 0 && (isMeasured || more > silenceNanos()));
    }

    private long silenceNanos() {
        return SILENCE_NANOS + ROUND_TRIPS * plan.roundTripNanos();
    }

    /// True if the phase after the load is over and the last answer is in, or nothing will come of it.
    public boolean isOver() {
        return isEnded;
    }

    private void run() {
        try {
            for (long now = phases.now(); !isClosed && !isDone(now); now = phases.now()) {
                step(now);
            }
        } catch (RuntimeException | Error e) {
            MemoryShortage.report(e);
            failure = "the UDP probe failed: " + e;
        } finally {
            isEnded = true;
        }
    }

    private boolean isDone(long now) {
        if (answeredNanos < 0) {
            return firstRequests >= FIRST_REQUESTS && now - firstSentNanos > silenceNanos();
        }
        hasStopped = phases.sinceLoad(now) >= plan.idleNanos() && (isSentAfter || plan.idleNanos() == 0);
        long last = Math.min(MAX_LAST_NANOS, 2 * meter.longestNanos() + LAST_EXTRA_NANOS);
        return hasStopped && (meter.hasNewestAnswer() || now - lastSentNanos >= last);
    }

    private void step(long now) {
        if (!isAfter && phases.sinceLoad(now) >= 0) {
            isAfter = true;
            dueNanos = now; // the rate was that beside the load
            intervalNanos = SECOND_NANOS / plan.perSecond();
        }
        if (!hasStopped && now >= dueNanos) {
            send(now);
        }
        long wait = hasStopped ? LAST_EXTRA_NANOS : Math.clamp(dueNanos - phases.now(), 0, SLICE_NANOS);
        try {
            int n = connection.receive(block.clear(), wait);
            if (n > 0 && EchoDatagram.isAnswer(block, n, key)) {
                take(phases.now());
            }
        } catch (IOException _) { // the server does not listen there, or not any more: requests without an answer
            LockSupport.parkNanos(ERROR_NANOS); // in case each call fails
        }
    }

    private void send(long now) {
        boolean isFirst = answeredNanos < 0;
        // what could not be sent in time is not made up for: a burst would measure itself
        dueNanos = isFirst ? now + REPEAT_NANOS : Math.max(dueNanos + intervalNanos, now);
        lastSentNanos = now;
        isSentAfter = isAfter;
        EchoDatagram.writeRequest(block.clear(), sequence, now, key);
        if (isFirst) {
            firstSentNanos = firstRequests == 0 ? now : firstSentNanos;
            firstRequests++;
        } else {
            meter.onSent(sequence++, now);
        }
        try {
            connection.send(block.position(0).limit(EchoDatagram.BYTES));
        } catch (IOException _) { // counts as lost
        }
    }

    private void take(long now) {
        if (answeredNanos < 0) {
            answeredNanos = now;
            dueNanos = now;
            sequence = 1; // answers to repetitions of the first are answers to nothing
        } else {
            meter.onAnswer(
                    EchoDatagram.sequence(block),
                    now,
                    EchoDatagram.receivedNanos(block),
                    EchoDatagram.answeredNanos(block));
            isMeasured = meter.longestNanos() > 0; // else it was one to a repetition of the first
        }
    }

    /// Ends the thread. A second call does nothing.
    @Override
    public void close() {
        isClosed = true;
        connection.shutdown(); // wakes the thread
        try {
            thread.join(SECOND_NANOS / 2 / TimeUnit.MILLISECONDS.toNanos(1));
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    /// Returns the result. After `close`.
    public EchoReport report() {
        String reason = failure;
        if (reason != null) {
            return new EchoReport.Unavailable(reason);
        }
        if (!isEnded) { // it still writes what would be read here
            return new EchoReport.Unavailable("the UDP probe did not end in time");
        }
        return answeredNanos < 0
                ? new EchoReport.Unavailable(
                        "no answers on UDP port " + connection.remote().getPort() + ": is it open?")
                : meter.report();
    }

    /// Returns the round trips of a phase; null if there were none or its thread runs. After `close`.
    public @Nullable RoundTripStatistics statistics(ProbePhases.Phase phase) {
        return isEnded ? meter.statistics(phase) : null;
    }
}
