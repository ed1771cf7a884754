package dev.pitot.model.finding;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.LatencyMethod;
import dev.pitot.model.result.LatencyRise;
import dev.pitot.model.result.RoundTripStatistics;
import java.util.List;

/// The round trip rises under load: a queue on the path is too long.
final class Bufferbloat implements Rule {
    private static final double HINT_MICROS = 30_000; // grade B begins
    private static final double STRONG_MICROS = 50_000; // above it, act (bufferbloat.net)

    @Override
    public String id() {
        return "bufferbloat";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        LatencyRise loaded = facts.latency().rise(facts.loadedLatency());
        if (loaded == null) {
            return new RuleResult.Missing("the round trip under load");
        }
        double rise = loaded.micros();
        if (rise < HINT_MICROS) {
            return RuleResult.NOTHING;
        }
        var builder = new FindingBuilder(this, facts).item("rise_us", rise, STRONG_MICROS);
        String sentence = "The path queues too much: the round trip rises by " + FindingText.micros(rise)
                + " under load (grade " + loaded.grade().text() + ").";
        String next = "set a queue that stays short at the bottleneck: tc qdisc replace dev DEVICE root fq_codel";
        return rise >= STRONG_MICROS && !isDoubtful(facts)
                ? builder.strong(sentence, next)
                : builder.hint(sentence, next);
    }

    /// True if echoes beside the load waited much less: late acknowledgements look like a queue, and so does a
    /// queue of the load's own (flow queueing).
    private static boolean isDoubtful(DirectionFacts facts) {
        RoundTripStatistics echo = facts.loadedStatistics(LatencyMethod.UDP_ECHO);
        if (echo == null || echo.percentiles().p95() == null) {
            return false;
        }
        LatencyRise beside = facts.latency().rise(new DirectionLatency(facts.role(), List.of(echo), null));
        return beside != null && beside.micros() < HINT_MICROS;
    }
}
