package dev.pitot.engine.latency;

import dev.pitot.engine.latency.ProbePhases.Phase;
import dev.pitot.model.result.EchoReport;
import dev.pitot.model.result.LatencyMethod;
import java.util.EnumMap;
import java.util.Map;

/// Probes of one phase: their number, and the round trips of those that were answered. Belongs to one thread.
final class PhaseMeter {
    private final RoundTripCollector trips;
    private long sent;
    private long answered;

    private PhaseMeter(LatencyMethod method) {
        trips = new RoundTripCollector(method);
    }

    /// Returns a meter for each phase.
    static Map<Phase, PhaseMeter> ofAll(LatencyMethod method) {
        var meters = new EnumMap<Phase, PhaseMeter>(Phase.class);
        for (Phase phase : Phase.values()) {
            meters.put(phase, new PhaseMeter(method));
        }
        return meters;
    }

    void onSent() {
        sent++;
    }

    void onAnswer(long tripNanos) {
        answered++;
        trips.add(tripNanos);
    }

    RoundTripCollector trips() {
        return trips;
    }

    EchoReport.Count count() {
        return new EchoReport.Count(sent, sent - answered);
    }
}
