package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The receiver's window stopped the sender.
final class ReceiverWindow implements Rule {
    private static final double MAIN_PERCENT = 20; // proposed; NDT's 1.5 % is too little to act on

    @Override
    public String id() {
        return "receiver_window";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalDouble share = facts.percentOfTime(TcpField.RWND_LIMITED);
        if (share.isEmpty()) {
            return new RuleResult.Missing("the time that the receiver's window stopped the sender (Linux 4.10)");
        }
        if (share.getAsDouble() <= MAIN_PERCENT || facts.windowSuffices()) {
            return RuleResult.NOTHING; // a window that is closed but large enough is a receiver that does not read
        }
        OptionalLong window = facts.largest(TcpField.SND_WND);
        String size = window.isEmpty() ? "" : "; it was at most " + FindingText.bytes(window.getAsLong());
        return new FindingBuilder(this, facts)
                .item("rwnd_limited_percent", share.getAsDouble(), MAIN_PERCENT)
                .strong(
                        "The receiving host's window held the data back " + FindingText.percent(share.getAsDouble())
                                + " of the time" + size + ".",
                        facts.test().streams().socket().windowBytes() > 0
                                ? "repeat without -w, or with a larger one"
                                : "on the receiving host: sysctl -w net.ipv4.tcp_rmem='4096 131072 67108864'");
    }
}
