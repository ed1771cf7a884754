package dev.pitot.message.legume;

import dev.pitot.message.accounting.BitWindow;

/// The ids of a peer's messages that came: a bit for each of the 65,536, which is forgotten
/// when the peer has moved on by half of them. One thread.
///
/// legume itself remembers the last 1,000 and sends no id twice, so that here none of its
/// messages is ever taken twice, however late it is repeated. A Pitot's ids go on from 65535 to
/// 0; it never sends 8,192 of them without a sign that some arrived (see [SequenceNumbers]), so that a
/// fresh one is never half the numbers ahead, where it would pass for an old one.
final class DuplicateFilter {
    private static final int IDS = 1 << Short.SIZE;
    private static final int FIRST_IDS = 64; // the original starts at 1; some may have been lost

    private final BitWindow came = new BitWindow(IDS); // of ids as numbers that go on; the first one is above IDS
    private boolean mayBeLegume;

    boolean contains(int id) {
        return !came.isNew(number(id));
    }

    void add(int id) {
        long number = number(id);
        mayBeLegume = came.newest() < 0 ? id <= FIRST_IDS : mayBeLegume && number < 2L * IDS;
        came.add(number);
    }

    /// Returns the number with this id that is nearest to the newest one.
    private long number(int id) {
        long newest = came.newest();
        return newest < 0 ? IDS + id : newest + (short) (id - newest);
    }

    /// Returns the highest id of a peer that may be the original, which stops for good after 65,535; 0 if
    /// it is not: its ids began high, or have begun again. Too low if more than 32,767 in a row
    /// were lost.
    int usedByLegume() {
        return mayBeLegume ? (int) came.newest() & IDS - 1 : 0;
    }
}
