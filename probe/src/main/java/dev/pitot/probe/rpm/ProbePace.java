package dev.pitot.probe.rpm;

/// Time between two probes, foreign and self in turn: neither more than MPS a second nor more than PTC of the
/// goodput (draft, section "Measuring Responsiveness").
final class ProbePace {
    private static final double FOREIGN_BYTES = 5000; // the draft's estimate, TCP and TLS included
    private static final double SELF_BYTES = 1000; // likewise
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BITS_PER_BYTE = 8;

    private ProbePace() {}

    /// Returns the nanoseconds between two probes.
    ///
    /// @param bitsPerSecond goodput
    /// @return [Long#MAX_VALUE] for no goodput: then none may be sent
    static long nanos(RpmOptions.ProbePlan plan, double bitsPerSecond) {
        double bytesPerSecond = bitsPerSecond / BITS_PER_BYTE * plan.share();
        double permitted = bytesPerSecond / ((FOREIGN_BYTES + SELF_BYTES) / 2);
        double perSecond = Math.min(plan.perSecond(), permitted);
        return perSecond <= 0 ? Long.MAX_VALUE : (long) Math.ceil(NANOS_PER_SECOND / perSecond);
    }
}
