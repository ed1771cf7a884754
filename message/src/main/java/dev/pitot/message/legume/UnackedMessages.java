package dev.pitot.message.legume;

import dev.pitot.message.accounting.Deadlines;
import java.util.Arrays;

/// Reliable messages that were sent and are not confirmed: a table by the lower bits of their
/// serial number, and lists in the order of sending, one for each number of repeats, since
/// those of one list wait equally long. Every operation takes the same time however many there
/// are. One thread.
final class UnackedMessages {
    /// Serial numbers of two messages in the table differ by less.
    static final int SPAN = 512;

    static final int NONE = -1;

    private static final int MASK = SPAN - 1;
    private static final int WAITING_LISTS = 1 + RetransmissionTimeout.MAX_DOUBLINGS;
    private static final int OVERDUE = WAITING_LISTS;
    private static final int NO_LIST = -1; // of an ordered channel, which keeps time itself
    private static final byte FREE = -2;
    private static final int OLDEST_IS_SUSPECT = 3; // copies that were passed over: the peer may be unable to read it
    private static final int STALLED = 32; // if nothing else was confirmed for the timeout either
    private static final int CERTAINLY_STALLED = 100; // else so many, or heavy loss would look like it
    private static final int SUSPECT = 8; // of others more, or in heavy loss most would be

    private final int[] serial = new int[SPAN];
    private final long[] position = new long[SPAN];
    private final long[] sentAt = new long[SPAN];
    private final short[] datagramSlot = new short[SPAN];
    private final short[] repeats = new short[SPAN];
    private final byte[] passedOver = new byte[SPAN]; // copies, of which none came though something later did
    private final byte[] list = new byte[SPAN];
    private final short[] before = new short[SPAN];
    private final short[] behind = new short[SPAN];
    private final short[] first = new short[WAITING_LISTS + 1];
    private final short[] last = new short[WAITING_LISTS + 1];
    private int oldest;
    private int size;
    private int usedLists; // beyond, all waiting lists are empty since there was nothing in the table
    private int watched; // the slot of the oldest, or NONE
    private long watchedSince;
    private boolean hasProgress; // since it was last looked for
    private long progressAt;

    UnackedMessages() {
        clear();
    }

    void clear() {
        size = 0;
        watched = NONE;
        Arrays.fill(list, FREE);
        Arrays.fill(first, (short) NONE);
        Arrays.fill(last, (short) NONE);
    }

    int size() {
        return size;
    }

    /// Returns the serial number of the oldest, or the next that is given if there is none.
    int oldest(int nextSerial) {
        if (size == 0) {
            oldest = nextSerial;
        }
        while (oldest != nextSerial && slotOf(oldest) == NONE) {
            oldest++;
        }
        return oldest;
    }

    /// Returns the slot of a message, or [#NONE] if it is not in the table.
    int slotOf(int wanted) {
        int slot = wanted & MASK;
        return list[slot] != FREE && serial[slot] == wanted ? slot : NONE;
    }

    /// A message leaves for the first time.
    ///
    /// @param ordered whether its channel keeps time itself
    int add(int newSerial, long newPosition, boolean ordered) {
        int slot = newSerial & MASK;
        if (size == 0) {
            oldest = newSerial;
            usedLists = 1;
        }
        size++;
        serial[slot] = newSerial;
        position[slot] = newPosition;
        repeats[slot] = 0;
        passedOver[slot] = 0;
        datagramSlot[slot] = NONE;
        list[slot] = NO_LIST;
        if (!ordered) {
            append(slot, 0);
        }
        return slot;
    }

    void onSent(int slot, int newDatagramSlot, long now) {
        datagramSlot[slot] = (short) newDatagramSlot;
        sentAt[slot] = now;
    }

    /// The message leaves once more.
    ///
    /// @param isPassedOver whether the peer has answered what was sent after the last copy
    void onRepeat(int slot, int newDatagramSlot, boolean isPassedOver, long now) {
        onSent(slot, newDatagramSlot, now);
        if (isPassedOver && passedOver[slot] < CERTAINLY_STALLED) {
            passedOver[slot]++;
        }
        repeats[slot]++;
        if (list[slot] != NO_LIST) {
            unlink(slot);
            int doublings = Math.min(repeats[slot], WAITING_LISTS - 1);
            usedLists = Math.max(usedLists, doublings + 1);
            append(slot, doublings);
        }
    }

    /// The message is lost with its datagram, and to be repeated.
    void onOverdue(int slot) {
        datagramSlot[slot] = NONE;
        if (list[slot] != NO_LIST) {
            unlink(slot);
            append(slot, OVERDUE);
        }
    }

    void remove(int slot) {
        if (list[slot] != NO_LIST) {
            unlink(slot);
        }
        list[slot] = FREE;
        size--;
        hasProgress = true;
        watched = slot == watched ? NONE : watched;
    }

    /// True if the peer may be unable to read the message, and with it what follows in a datagram.
    boolean isSuspect(int slot) {
        return slot != NONE && passedOver[slot] >= (slot == watched ? OLDEST_IS_SUSPECT : SUSPECT);
    }

    /// True if the oldest message is suspect: so it is worth to ask whether the peer answers.
    boolean isOldestSuspect() {
        return isSuspect(watched);
    }

    /// Returns the oldest message if the peer has confirmed none of its copies for the timeout, though it answers what
    /// was sent later, or [#NONE]. To be asked with each flush, which notices progress.
    int stalled(int nextSerial, long timeout, long now) {
        if (watched == NONE && size > 0) {
            watched = slotOf(oldest(nextSerial));
            watchedSince = sentAt[watched];
        }
        if (hasProgress) {
            hasProgress = false;
            progressAt = now;
        }
        boolean isDue = watched != NONE && now - watchedSince >= timeout;
        int enough = isDue && now - progressAt >= timeout ? STALLED : CERTAINLY_STALLED;
        return isDue && passedOver[watched] >= enough ? watched : NONE;
    }

    /// For so long nothing was read.
    void extend(long unreadNanos, long now) {
        watchedSince += Math.min(unreadNanos, now - watchedSince);
        progressAt += Math.min(unreadNanos, now - progressAt);
    }

    /// Returns the first to be repeated, or [#NONE].
    int firstOverdue() {
        return first[OVERDUE];
    }

    /// Returns the one that waits longest of those whose time is up, or [#NONE].
    int firstExpired(RetransmissionTimeout roundTrip, long now) {
        for (int i = 0; i < usedLists; i++) {
            int slot = first[i];
            if (slot != NONE && roundTrip.expiry(sentAt[slot], i) - now <= 0) {
                return slot;
            }
        }
        return NONE;
    }

    /// Returns when the next one's time is up; [Long#MAX_VALUE] if never.
    long nextExpiry(RetransmissionTimeout roundTrip) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < usedLists; i++) {
            int slot = first[i];
            if (slot != NONE) {
                next = Deadlines.earlier(next, roundTrip.expiry(sentAt[slot], i));
            }
        }
        return next;
    }

    int serial(int slot) {
        return serial[slot];
    }

    long position(int slot) {
        return position[slot];
    }

    long sentAt(int slot) {
        return sentAt[slot];
    }

    /// Returns the datagram that it is in, as [CongestionWindow] counts them; [#NONE] if that is lost.
    int datagramSlot(int slot) {
        return datagramSlot[slot];
    }

    int repeats(int slot) {
        return repeats[slot];
    }

    boolean isOrdered(int slot) {
        return list[slot] == NO_LIST;
    }

    private void append(int slot, int target) {
        list[slot] = (byte) target;
        before[slot] = last[target];
        behind[slot] = NONE;
        if (last[target] == NONE) {
            first[target] = (short) slot;
        } else {
            behind[last[target]] = (short) slot;
        }
        last[target] = (short) slot;
    }

    private void unlink(int slot) {
        int from = list[slot];
        if (before[slot] == NONE) {
            first[from] = behind[slot];
        } else {
            behind[before[slot]] = behind[slot];
        }
        if (behind[slot] == NONE) {
            last[from] = before[slot];
        } else {
            before[behind[slot]] = before[slot];
        }
    }
}
