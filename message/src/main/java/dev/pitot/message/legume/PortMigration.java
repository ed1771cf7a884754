package dev.pitot.message.legume;

import dev.pitot.message.accounting.Deadlines;
/// Decides when a client goes on from another port, because an original server has used many of its
/// 65,535 ids, which it has for each address: early, in a quiet moment. As soon as nothing is on its
/// way from 32,000 on; from 40,000 on it makes such a moment by taking no more messages. If
/// nothing came of it within two seconds, it tries again 2,000 ids later. One thread.

final class PortMigration {
    private static final int EARLY_IDS = 32_000;
    private static final int URGENT_IDS = 40_000;
    private static final int RETRY_IDS = 2_000;
    private static final long PAUSE_NANOS = 2_000_000_000;

    private final boolean isAllowed;
    private int nextIds = EARLY_IDS;
    private boolean isPausing;
    private long endsAt = Deadlines.NEVER;

    PortMigration(boolean isAllowed) {
        this.isAllowed = isAllowed;
    }

    /// @param usedIds of a peer that may be the original; 0 of others
    /// @param isQuiet whether nothing waits to be sent or confirmed
    void update(int usedIds, boolean isQuiet, long now) {
        if (isPausing) {
            isPausing = !Deadlines.isDue(endsAt, now);
            endsAt = isPausing ? endsAt : Deadlines.NEVER;
        } else if (isAllowed && usedIds >= nextIds && (isQuiet || usedIds >= URGENT_IDS)) {
            isPausing = true;
            nextIds = usedIds + RETRY_IDS;
            endsAt = now + PAUSE_NANOS;
        }
    }

    /// True if no messages are to be taken now.
    boolean isPausing() {
        return isPausing;
    }

    /// Returns the time when the pause ends; [Deadlines#NEVER] if there is none.
    long endsAt() {
        return endsAt;
    }
}
