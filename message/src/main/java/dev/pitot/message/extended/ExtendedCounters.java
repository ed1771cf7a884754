package dev.pitot.message.extended;

import dev.pitot.message.link.LinkMetrics;
import org.jspecify.annotations.Nullable;

/// What a link counts: see [LinkMetrics].
final class ExtendedCounters {
    final Direction received = new Direction();
    final Direction sent = new Direction();
    long resent;
    long duplicates;
    long malformed;
    long lost;

    LinkMetrics metrics(LinkMetrics.@Nullable RoundTrip roundTrip, LinkMetrics.Waiting waiting) {
        var errors = new LinkMetrics.Errors(resent, duplicates, malformed, lost);
        return new LinkMetrics(roundTrip, received.traffic(), sent.traffic(), waiting, errors);
    }

    /// Counts of one direction.
    static final class Direction {
        long bytes;
        long datagrams;
        long messages;
        long keepAlives;

        LinkMetrics.Traffic traffic() {
            return new LinkMetrics.Traffic(bytes, datagrams, messages, keepAlives);
        }
    }
}
