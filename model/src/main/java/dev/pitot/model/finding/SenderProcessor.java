package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;

/// The sender has no processor time left: its thread runs or waits for a processor nearly all the time, and
/// neither the receiver's window nor its own buffer stops it.
final class SenderProcessor implements Rule {
    private static final double BUSY_PERCENT = 95; // practice of iperf users: one thread fills one core
    private static final double WAIT_PERCENT = 20; // of the time, spent waiting for other programs
    private static final double MAX_LIMITED_PERCENT = 20;

    @Override
    public String id() {
        return "sender_cpu";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        OptionalDouble busy = facts.senderThreadPercent();
        if (busy.isEmpty()) {
            return new RuleResult.Missing("processor time of the sending thread");
        }
        double limited = facts.percentOfTime(TcpField.RWND_LIMITED).orElse(0)
                + facts.percentOfTime(TcpField.SNDBUF_LIMITED).orElse(0);
        if (busy.getAsDouble() < BUSY_PERCENT || limited > MAX_LIMITED_PERCENT || facts.reachesTarget()) {
            return RuleResult.NOTHING;
        }
        double wait = facts.senderWaitPercent();
        String sentence = wait >= WAIT_PERCENT
                ? "The sending host's processor is the limit: the sending thread waited " + FindingText.percent(wait)
                        + " of the time while other programs ran."
                : "The sending host's processor is the limit: the sending thread used "
                        + FindingText.percent(busy.getAsDouble()) + " of one core.";
        return new FindingBuilder(this, facts)
                .item("sender_thread_percent", busy.getAsDouble(), BUSY_PERCENT)
                .item("sender_thread_wait_percent", wait, WAIT_PERCENT)
                .strong(
                        sentence,
                        wait >= WAIT_PERCENT
                                ? "end the other programs on the sending host (see: top), then repeat"
                                : "use more threads: repeat with -P 2; or copy less: -Z");
    }
}
