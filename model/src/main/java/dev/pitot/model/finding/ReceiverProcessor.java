package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;

/// The receiver has no processor time left: its thread runs or waits for a processor nearly all the time.
final class ReceiverProcessor implements Rule {
    private static final double BUSY_PERCENT = 95; // practice of iperf users: one thread fills one core
    private static final double MAX_CLOSED_PERCENT = 20; // as for the window
    private static final double WAIT_PERCENT = 20; // of the time, spent waiting for other programs

    @Override
    public String id() {
        return "receiver_cpu";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalDouble busy = facts.receiverThreadPercent();
        if (busy.isEmpty()) {
            return unread(facts);
        }
        if (busy.getAsDouble() < BUSY_PERCENT || facts.reachesTarget()) {
            return RuleResult.NOTHING;
        }
        double wait = facts.receiverWaitPercent();
        String sentence = wait >= WAIT_PERCENT
                ? "The receiving host's processor is the limit: the receiving thread waited "
                        + FindingText.percent(wait) + " of the time while other programs ran."
                : "The receiving host's processor is the limit: the receiving thread used "
                        + FindingText.percent(busy.getAsDouble()) + " of one core.";
        return new FindingBuilder(this, facts)
                .item("receiver_thread_percent", busy.getAsDouble(), BUSY_PERCENT)
                .item("receiver_thread_wait_percent", wait, WAIT_PERCENT)
                .strong(
                        sentence,
                        wait >= WAIT_PERCENT
                                ? "end the other programs on the receiving host (see: top), then repeat"
                                : "use more threads: repeat with -P 2");
    }

    /// An iperf3 does not tell of its threads. But its window shows that it does not read.
    private RuleResult unread(DirectionFacts facts) {
        double closed = facts.percentOfTime(TcpField.RWND_LIMITED).orElse(0);
        if (facts.isUdp() || closed <= MAX_CLOSED_PERCENT || !facts.windowSuffices()) {
            return new RuleResult.Missing("processor time of the receiving thread");
        }
        return new FindingBuilder(this, facts)
                .item("rwnd_limited_percent", closed, MAX_CLOSED_PERCENT)
                .hint(
                        "The receiving host was too slow to read: its window was full " + FindingText.percent(closed)
                                + " of the time, though it is large enough for this path.",
                        "look at its processor: top; an iperf3 before 3.16 has one thread for all streams");
    }
}
