package dev.pitot.message.legume;

import dev.pitot.message.accounting.Deadlines;
/// The one datagram's worth of ordered messages that is on its way. legume delivers the messages
/// of a datagram from left to right and keeps no order among datagrams, so that the next leave
/// when all of these are confirmed, and what is repeated is repeated together. Serial numbers
/// of a group follow each other. One thread.

final class OrderedBatch {
    private int firstSerial;
    private int size;
    private int unacked;
    private int bytes;
    private long sentAt;
    private int repeats;
    private boolean overdue;

    boolean isEmpty() {
        return unacked == 0;
    }

    /// Another one leaves in the same datagram.
    void add(int serial, int messageBytes, long now) {
        if (isEmpty()) {
            firstSerial = serial;
            size = 0;
            bytes = 0;
            repeats = 0;
            overdue = false;
        }
        size++;
        unacked++;
        bytes += messageBytes;
        sentAt = now;
    }

    void onAcked(int messageBytes) {
        unacked--;
        bytes -= messageBytes;
    }

    void onOverdue() {
        overdue = true;
    }

    void onRepeat(long now) {
        overdue = false;
        repeats++;
        sentAt = now;
    }

    void clear() {
        unacked = 0;
        size = 0;
    }

    /// True if it is to be repeated now.
    boolean isOverdue() {
        return overdue && !isEmpty();
    }

    /// Returns the time when it is to be repeated; [Deadlines#NEVER] if it is already, or there is nothing.
    long expiry(RetransmissionTimeout roundTrip) {
        return isEmpty() || overdue ? Deadlines.NEVER : roundTrip.expiry(sentAt, repeats);
    }

    /// Returns how many messages it had at first.
    int size() {
        return size;
    }

    int serial(int index) {
        return firstSerial + index;
    }

    /// Returns the bytes that the unconfirmed ones take up in a datagram.
    int bytes() {
        return bytes;
    }
}
