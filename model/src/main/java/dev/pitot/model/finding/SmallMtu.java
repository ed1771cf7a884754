package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// Segments are smaller than Ethernet allows: a tunnel or PPPoE on the path.
final class SmallMtu implements Rule {
    private static final long ETHERNET_MTU = 1500;
    private static final long MIN_HEADERS = 40; // IPv4 and TCP
    private static final long MAX_DIFFERENCE = 32; // IPv6 (20) and timestamps (12)

    @Override
    public String id() {
        return "small_mtu";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp() || facts.test().streams().socket().mss() > 0) {
            return RuleResult.NOTHING;
        }
        OptionalLong segment = facts.smallest(TcpField.SND_MSS);
        if (segment.isEmpty()) {
            return new RuleResult.Missing("the sender's segment size");
        }
        long missing = ETHERNET_MTU - MIN_HEADERS - segment.getAsLong();
        if (missing <= MAX_DIFFERENCE) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("snd_mss_bytes", segment.getAsLong(), ETHERNET_MTU - MIN_HEADERS - MAX_DIFFERENCE)
                .hint(
                        "Segments carry only " + segment.getAsLong()
                                + " bytes: a tunnel or PPPoE on the path, or a small MTU.",
                        "look at the MTU of each link: ip link; and of the path: tracepath HOST");
    }
}
