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
///   known to have arrived; from 4,096 on a ping asks. See [SeenIds].
///
/// One thread.
final class Serials {
    private static final int ACK_SPAN = 900;
    private static final int CRAMPED_SPAN = 800;
    private static final int UNHEARD_LIMIT = 8_192;
    private static final int UNHEARD_ASKS = 4_096;

    private final Unconfirmed unconfirmed;
    private int next;
    private int heard;

    Serials(int first, Unconfirmed unconfirmed) {
        this.unconfirmed = unconfirmed;
        this.next = first;
        this.heard = first;
    }

    /// The number that the next message gets.
    int next() {
        return next;
    }

    int take() {
        return next++;
    }

    /// The latest number of this id.
    int latest(int id) {
        int last = next - 1;
        return last - (last - id & 0xFFFF);
    }

    /// A message is known to have arrived.
    void onHeard(int serial) {
        if (serial - heard > 0) {
            heard = serial;
        }
    }

    boolean mayTakeNew() {
        return span() < Unconfirmed.SPAN && next - heard < UNHEARD_LIMIT;
    }

    boolean mayTakeAck() {
        return span() < ACK_SPAN;
    }

    /// How many datagrams with reliable messages may be on their way when some are to be
    /// repeated.
    int mostRepeats() {
        return span() < CRAMPED_SPAN ? SendWindow.MAX : 1;
    }

    /// Whether it is time to ask the peer what has arrived.
    boolean isUnheard() {
        return next - heard >= UNHEARD_ASKS;
    }

    private int span() {
        return next - unconfirmed.oldest(next);
    }
}
