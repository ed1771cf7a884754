package dev.pitot.socket.datagram;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Queue of datagrams that were received before the application requested them, oldest first.
/// Bounded: when it is full, further datagrams are lost, as with a full kernel buffer. One thread.
public final class PreConnectDatagrams {
    /// Connect messages of this many senders can arrive within the microseconds in which a socket
    /// is being connected.
    public static final int CAPACITY = 64;

    /// No more datagrams are accepted when this much is held: connect messages are short, so larger
    /// amounts are not legitimate.
    static final int MAX_BYTES = 16 * 1024;

    private final Queue<PreConnectDatagram> waiting = new ArrayDeque<>();
    private int bytes;
    private int longest = Integer.MAX_VALUE;

    /// Rejects longer datagrams from now on, so that they do not take the space of valid ones.
    public void ignoreLonger(int count) {
        longest = count;
    }

    /// Adds a datagram at the end, unless the queue is full or the datagram too long.
    public void add(PreConnectDatagram datagram) {
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

    /// Returns the oldest without removing it; null if there is none.
    public @Nullable PreConnectDatagram peek() {
        return waiting.peek();
    }

    /// Removes and returns the oldest; null if there is none.
    public @Nullable PreConnectDatagram poll() {
        PreConnectDatagram oldest = waiting.poll();
        bytes -= oldest == null ? 0 : oldest.bytes();
        return oldest;
    }
}
