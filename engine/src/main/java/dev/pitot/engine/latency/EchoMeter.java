package dev.pitot.engine.latency;

import dev.pitot.engine.latency.ProbePhases.Phase;
import dev.pitot.model.latency.OneWayMeter;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Arithmetic of the UDP echo: matches answers to requests, and sorts round trips by phase. Trusts no time of
/// the server for a round trip, and no sequence number. Belongs to the probe's thread; once that has ended,
/// to the session's.
final class EchoMeter {
    /// Requests that may wait for an answer: 4 s at the greatest rate.
    private static final int PENDING = 4096;

    /// One in so many idle exchanges goes to the one-way delays: enough for their floors, too few to weigh
    /// among those of the load.
    private static final int IDLE_SHARE = 8;

    /// Resolution of both clocks together.
    private static final long RESOLUTION_NANOS = 1000;

    /// A server's clock that runs away by more than this within a test is none.
    private static final long MAX_SHIFT_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final double NEAR_IDLE = 1.1;
    private static final double NEAR_IDLE_MICROS = 100;
    private static final double NANOS_PER_MICRO = 1000;

    private final ProbePhases phases;
    private final Map<Phase, PhaseMeter> meters = PhaseMeter.ofAll(LatencyMethod.UDP_ECHO);
    private final OneWayMeter oneWay = new OneWayMeter(RESOLUTION_NANOS);
    private final long[] sentNanos = new long[PENDING];
    private final @Nullable Phase[] phaseOf = new @Nullable Phase[PENDING]; // null if it has been answered
    private int newest = -1;
    private boolean hasNewestAnswer = true;
    private long idleExchanges;
    private long firstShift;
    private boolean hasShift;
    private double drainedBelowMicros = -1;
    private @Nullable Double drainMicros;
    private long longestNanos;

    EchoMeter(ProbePhases phases) {
        this.phases = phases;
    }

    /// Records a request.
    ///
    /// @param sequence one more than the last, from 0
    /// @param atNanos time of its sending, since the phases began
    void onSent(int sequence, long atNanos) {
        int slot = sequence & (PENDING - 1);
        Phase phase = phases.at(atNanos);
        sentNanos[slot] = atNanos;
        phaseOf[slot] = phase;
        meter(phase).onSent();
        newest = sequence;
        hasNewestAnswer = false;
    }

    /// Takes an answer. One to a request that was not sent, was answered already or is too old is ignored.
    ///
    /// @param atNanos time of its arrival, since the phases began
    /// @param receivedNanos time at which the server received the request, by its clock
    /// @param answeredNanos time at which the server answered, by its clock
    void onAnswer(int sequence, long atNanos, long receivedNanos, long answeredNanos) {
        int slot = sequence & (PENDING - 1);
        Phase sentIn = phaseOf[slot];
        if (newest - sequence < 0 || newest - sequence >= PENDING || sentIn == null) {
            return;
        }
        phaseOf[slot] = null;
        hasNewestAnswer |= sequence == newest;
        long from = sentNanos[slot];
        longestNanos = Math.max(longestNanos, atNanos - from);
        meter(sentIn).onAnswer(atNanos - from);
        if (sentIn == Phase.AFTER) {
            lookForDrain(from, atNanos);
        }
        if (sentIn == Phase.LOADED || (sentIn == Phase.IDLE && idleExchanges++ % IDLE_SHARE == 0)) {
            addOneWay(from, receivedNanos, answeredNanos, atNanos);
        }
    }

    private void lookForDrain(long from, long atNanos) {
        if (drainedBelowMicros < 0) {
            drainedBelowMicros = drainedBelow();
        }
        if (drainMicros == null && (atNanos - from) / NANOS_PER_MICRO <= drainedBelowMicros) {
            drainMicros = phases.sinceLoad(from) / NANOS_PER_MICRO;
        }
    }

    private double drainedBelow() {
        RoundTripStatistics idle = statistics(Phase.IDLE);
        Double median = idle == null ? null : idle.percentiles().p50();
        return median == null ? 0 : Math.max(median * NEAR_IDLE, median + NEAR_IDLE_MICROS);
    }

    private void addOneWay(long from, long received, long answeredAt, long to) {
        long shift = received - from;
        if (!hasShift) {
            firstShift = shift;
            hasShift = true;
        }
        long held = answeredAt - received;
        if (Math.abs(shift - firstShift) < MAX_SHIFT_NANOS && held >= 0 && held <= to - from) {
            // from the first shift on, so that no difference overflows
            oneWay.add(from, received - firstShift, answeredAt - firstShift, to);
        }
    }

    private PhaseMeter meter(Phase phase) {
        return Objects.requireNonNull(meters.get(phase));
    }

    /// True if no answer is due any more, as far as one can tell.
    boolean hasNewestAnswer() {
        return hasNewestAnswer;
    }

    /// Longest round trip so far, in nanoseconds; 0 before the first.
    long longestNanos() {
        return longestNanos;
    }

    /// Statistics of a phase; null if there were no answers.
    @Nullable RoundTripStatistics statistics(Phase phase) {
        return meter(phase).trips().statistics();
    }

    /// Returns the result after the last answer.
    EchoReport.Measured report() {
        return new EchoReport.Measured(
                meter(Phase.IDLE).count(),
                meter(Phase.LOADED).count(),
                meter(Phase.AFTER).count(),
                statistics(Phase.AFTER),
                drainMicros,
                oneWay.result());
    }
}
