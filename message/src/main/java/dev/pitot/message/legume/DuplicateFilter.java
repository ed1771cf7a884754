package dev.pitot.message.legume;

import dev.pitot.message.accounting.BitWindow;

/// Which ids of a peer's messages have come: a bit for each of the 65,536, which is forgotten
/// when the peer has moved on by half of them. One thread.
///
/// legume itself remembers the last 1,000 and sends no id twice, so that here none of its
/// messages is ever taken twice, however late it is repeated. A Pitot's ids go on from 65535 to
/// 0; it never sends 8,192 of them without a sign that some arrived (see [ReliableSender]), so that a
/// fresh one is never half the numbers ahead, where it would pass for an old one.
final class DuplicateFilter {
    private static final int IDS = 1 << 16;
    private static final int HALF = IDS / 2;
    private static final int FIRST_IDS = 64; // the original starts at 1; some may have been lost

    private final BitWindow came = new BitWindow(IDS);
    private int highest = -1;
    private boolean mayBeLegume;

    boolean contains(int id) {
        return came.contains(id);
    }

    void add(int id) {
        if (highest < 0) {
            highest = id;
            mayBeLegume = id <= FIRST_IDS;
        } else {
            int ahead = id - highest & 0xFFFF;
            if (ahead < HALF) {
                if (id < highest) {
                    mayBeLegume = false;
                }
                came.clear(highest + HALF, ahead); // the next half of the numbers is clear
                highest = id;
            }
        }
        came.add(id);
    }

    /// The highest id of a peer that may be the original, which stops for good after 65,535; 0 if
    /// it is none: its ids began high, or have begun again. Too low if more than 32,767 in a row
    /// were lost.
    int usedByLegume() {
        return mayBeLegume ? highest : 0;
    }
}
