package dev.pitot.message.legume;

/// The numbers of this end's messages: each of any kind has the next one, whose lower 16 bits are
/// its id. Three limits keep the ids unambiguous:
///
/// * A new message of a user leaves only if its number is less than 512 after the oldest
///   unconfirmed one, and an acknowledgement if it is less than 900 after it.
/// * Pings, pongs and repeats go beyond, but from 800 on only one datagram of repeats is on its
///   way. So the original, which remembers the last 1,000 ids that came, never takes a repeated
///   message for a new one.
/// * A new message leaves only if fewer than 8,192 numbers were used since the newest one that is
///   known to have arrived; from 4,096 on a ping asks. See [DuplicateFilter].
///
/// One thread.
final class SequenceNumbers {
    private static final int ACK_SPAN = 900;
    private static final int CRAMPED_SPAN = 800;
    private static final int UNHEARD_LIMIT = 8_192;
    private static final int UNHEARD_ASKS = 4_096;

    private final UnackedMessages unacked;
    private int next;
    private int heard;

    SequenceNumbers(int first, UnackedMessages unacked) {
        this.unacked = unacked;
        this.next = first;
        this.heard = first;
    }

    /// Returns the number that the next message gets.
    int next() {
        return next;
    }

    int take() {
        return next++;
    }

    /// Returns the latest number of this id.
    int latest(int id) {
        int last = next - 1;
        return last - (last - id & 0xFFFF);
    }

    /// A message is known to have arrived.
    void onArrived(int serial) {
        if (serial - heard > 0) {
            heard = serial;
        }
    }

    boolean mayTakeNew() {
        return span() < UnackedMessages.SPAN && next - heard < UNHEARD_LIMIT;
    }

    boolean mayTakeAck() {
        return span() < ACK_SPAN;
    }

    /// Returns how many datagrams with reliable messages may be on their way when some are to be
    /// repeated.
    int mostRepeats() {
        return span() < CRAMPED_SPAN ? CongestionWindow.MAX : 1;
    }

    /// True if it is time to ask the peer what has arrived.
    boolean isUnheard() {
        return next - heard >= UNHEARD_ASKS;
    }

    /// True if no reliable message waits to be confirmed.
    boolean areConfirmed() {
        return unacked.size() == 0;
    }

    private int span() {
        return next - unacked.oldest(next);
    }
}
