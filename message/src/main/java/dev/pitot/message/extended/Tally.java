package dev.pitot.message.extended;

/// What a link counts: see [dev.pitot.message.link.LinkMetrics].
final class Tally {
    final Direction received = new Direction();
    final Direction sent = new Direction();
    long resent;
    long duplicates;
    long malformed;
    long lost;

    /// Counts of one direction.
    static final class Direction {
        long bytes;
        long datagrams;
        long messages;
        long keepAlives;
    }
}
