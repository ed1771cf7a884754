package dev.pitot.metrics.prometheus;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Sample;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Label values. Each set of values is closed, so that no peer can create series.
final class LabelValues {
    private LabelValues() {}

    static String of(TestRole role) {
        return switch (role) {
            case CLIENT -> "client";
            case SERVER -> "server";
        };
    }

    static String of(StreamRole direction) {
        return switch (direction) {
            case SENDER -> "transmit";
            case RECEIVER -> "receive";
        };
    }

    /// @param protocol protocol; null if the ends have not agreed on parameters
    static String of(@Nullable Protocol protocol) {
        return switch (protocol) {
            case null -> "unknown";
            case TCP -> "tcp";
            case MULTIPATH_TCP -> "mptcp";
            case UDP -> "udp";
            case SCTP -> "sctp";
        };
    }

    static String of(IperfError error) {
        return error.name().toLowerCase(Locale.ROOT);
    }

    /// Returns role, direction and protocol, followed by `more`.
    static String[] of(Sample.Context context, String... more) {
        String[] words = new String[3 + more.length];
        words[0] = of(context.role());
        words[1] = of(context.direction());
        words[2] = of(context.protocol());
        System.arraycopy(more, 0, words, 3, more.length);
        return words;
    }
}
