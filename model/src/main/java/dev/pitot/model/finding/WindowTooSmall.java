package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// The window that was set cannot carry the rate that was asked for over this round trip.
final class WindowTooSmall implements Rule {
    private static final double BITS = 8;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MIN_SHORTFALL = 0.98; // of the rate asked for

    @Override
    public String id() {
        return "window_too_small";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp() || facts.targetBitsPerSecond() == 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong window = facts.largest(TcpField.SND_WND);
        OptionalLong roundTrip = facts.smallest(TcpField.MIN_RTT);
        if (window.isEmpty() || roundTrip.isEmpty()) {
            return new RuleResult.Missing("the receiver's window and the lowest round trip (Linux 5.4)");
        }
        double wanted = facts.targetBitsPerSecond() / (double) facts.streams();
        double possible = roundTrip.getAsLong() == 0
                ? Double.MAX_VALUE
                : window.getAsLong() * BITS * MICROS_PER_SECOND / roundTrip.getAsLong();
        if (possible >= wanted || facts.bitsPerSecond() >= MIN_SHORTFALL * facts.targetBitsPerSecond()) {
            return RuleResult.NOTHING;
        }
        double needed = wanted * roundTrip.getAsLong() / MICROS_PER_SECOND / BITS;
        return new FindingBuilder(this, facts)
                .item("snd_wnd_bytes", (double) window.getAsLong(), needed)
                .strong(
                        "The receiving host's window of " + FindingText.bytes(window.getAsLong()) + " is too small: "
                                + FindingText.rate(wanted) + " over " + FindingText.micros(roundTrip.getAsLong())
                                + " needs " + FindingText.bytes(needed) + ".",
                        "repeat with -w " + (long) Math.ceil(2 * needed));
    }
}
