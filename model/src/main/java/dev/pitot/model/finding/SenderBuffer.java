package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;

/// The sender's own socket buffer was too small.
final class SenderBuffer implements Rule {
    private static final double MAIN_PERCENT = 20; // proposed; NDT's 1.5 % is too little to act on
    private static final double MIN_DRAINED_PERCENT = 50; // proposed
    private static final double MAX_BUSY_PERCENT = 50; // more, and the program may be what is too slow
    private static final long MIN_NANOS = 1_000_000_000; // in less, there are too few readings
    private static final double PERCENT = 100;

    @Override
    public String id() {
        return "sender_buffer";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalDouble share = facts.percentOfTime(TcpField.SNDBUF_LIMITED);
        if (share.isEmpty()) {
            return new RuleResult.Missing("the time that the send buffer was the limit (Linux 4.10)");
        }
        if (share.getAsDouble() <= MAIN_PERCENT) {
            return drained(facts);
        }
        return new FindingBuilder(this, facts)
                .item("sndbuf_limited_percent", share.getAsDouble(), MAIN_PERCENT)
                .strong(
                        "The sending host's socket buffer was the limit " + FindingText.percent(share.getAsDouble())
                                + " of the time.",
                        nextStep(facts));
    }

    /// The kernel counts less than there is where a program blocks in its writes, as Pitot does. Then readings
    /// tell: nothing is left to send, the windows have room, and the thread waits, but not for a processor.
    private RuleResult drained(DirectionFacts facts) {
        Double share = facts.drainedShare();
        double busy = facts.senderThreadPercent().orElse(PERCENT);
        if (share == null
                || PERCENT * share <= MIN_DRAINED_PERCENT
                || busy > MAX_BUSY_PERCENT
                || facts.isPaced()
                || facts.elapsedNanos() < MIN_NANOS) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("nothing_unsent_percent", PERCENT * share, MIN_DRAINED_PERCENT)
                .item("sender_thread_percent", busy, MAX_BUSY_PERCENT)
                .hint(
                        "The sending host's socket buffer may be too small: all of it was on its way in "
                                + FindingText.percent(PERCENT * share) + " of the readings.",
                        nextStep(facts));
    }

    private static String nextStep(DirectionFacts facts) {
        return facts.test().streams().socket().windowBytes() > 0
                ? "repeat without -w, or with a larger one"
                : "on the sending host: sysctl -w net.ipv4.tcp_wmem='4096 65536 67108864'";
    }
}
