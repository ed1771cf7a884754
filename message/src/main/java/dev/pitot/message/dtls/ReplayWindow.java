package dev.pitot.message.dtls;

import dev.pitot.message.accounting.BitWindow;

/// Which records came already, so that none counts twice (RFC 6347, 4.1.2.6). The platform's DTLS
/// has no such window: it would take a record as often as it comes. Its link's thread calls it.
final class ReplayWindow {
    /// How far a record may be behind the newest. RFC 6347 wants 32 at least; this is enough for
    /// what a fast path can put out of order.
    static final int SIZE = 1024;

    private final BitWindow seen = new BitWindow(SIZE);
    private long newest = -1;

    /// Whether a record neither came before nor is too old to tell.
    boolean isNew(long number) {
        if (number > newest) {
            return true;
        }
        return newest - number < SIZE && !seen.contains(number);
    }

    /// Remembers a record that is new and has proved to be the peer's.
    void add(long number) {
        seen.clear(newest + 1, number - newest);
        seen.add(number);
        newest = Math.max(newest, number);
    }
}
