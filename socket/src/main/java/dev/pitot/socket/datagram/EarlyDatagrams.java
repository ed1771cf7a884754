package dev.pitot.socket.datagram;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Datagrams that were received before anybody asked for them, oldest first. Bounded: what comes
/// when it is full is lost, as in a full buffer of the kernel. One thread.
public final class EarlyDatagrams {
    /// Handshakes of that many strangers within the microseconds in which a socket is being
    /// connected.
    public static final int CAPACITY = 64;

    /// When that much is held no more is taken: handshakes are short, and whoever sends more then
    /// is no friend.
    static final int MAX_BYTES = 16 * 1024;

    private final Queue<EarlyDatagram> waiting = new ArrayDeque<>();
    private int bytes;
    private int longest = Integer.MAX_VALUE;

    /// Takes no longer datagrams from now on: they are not wanted, and would fill the room of those
    /// that are.
    public void ignoreLonger(int count) {
        longest = count;
    }

    /// Adds one behind the others, unless there is no room or it is too long.
    public void add(EarlyDatagram datagram) {
        if (!isFull() && datagram.bytes() <= longest) {
            waiting.add(datagram);
            bytes += datagram.bytes();
        }
    }

    public boolean isFull() {
        return waiting.size() == CAPACITY || bytes >= MAX_BYTES;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// The oldest, which stays; null if there is none.
    public @Nullable EarlyDatagram peek() {
        return waiting.peek();
    }

    /// Takes the oldest out; null if there is none.
    public @Nullable EarlyDatagram poll() {
        EarlyDatagram oldest = waiting.poll();
        bytes -= oldest == null ? 0 : oldest.bytes();
        return oldest;
    }
}
