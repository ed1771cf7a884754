package dev.pitot.message.extended;

import dev.pitot.message.link.LinkMetrics;

/// What a link counts: see [LinkMetrics].
final class Tally {
    final Direction received = new Direction();
    final Direction sent = new Direction();
    long resent;
    long duplicates;
    long malformed;
    long lost;

    LinkMetrics.Trouble trouble() {
        return new LinkMetrics.Trouble(resent, duplicates, malformed, lost);
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
