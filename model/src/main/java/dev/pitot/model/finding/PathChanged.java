package dev.pitot.model.finding;

import dev.pitot.model.result.TcpField;
import java.util.OptionalLong;

/// The sender's kernel chose another path for a connection in trouble (rehash).
final class PathChanged implements Rule {
    @Override
    public String id() {
        return "path_changed";
    }

    @Override
    public RuleResult evaluate(DirectionFacts facts) {
        if (facts.isUdp()) {
            return RuleResult.NOTHING;
        }
        OptionalLong rehash = facts.sent(TcpField.REHASH);
        if (rehash.isEmpty()) {
            return new RuleResult.Missing("changes of the path (Linux 6.2)");
        }
        if (rehash.getAsLong() == 0) {
            return RuleResult.NOTHING;
        }
        return new FindingBuilder(this, facts)
                .item("rehash", rehash.getAsLong(), 0)
                .hint(
                        "The sending host's kernel looked for another path " + rehash.getAsLong()
                                + " times, after timeouts or doubtful progress.",
                        "compare the paths: traceroute -T -p PORT HOST, several times");
    }
}
