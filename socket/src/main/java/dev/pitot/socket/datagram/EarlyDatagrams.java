package dev.pitot.socket.datagram;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Datagrams that were received before anybody asked for them, oldest first. Bounded: what comes
/// when it is full is lost, as in a full buffer of the kernel. One thread.
public final class EarlyDatagrams {
    /// Handshakes of that many strangers within the microseconds in which a socket is being
    /// connected; 4 MiB if all datagrams are as long as they can be.
    public static final int CAPACITY = 64;

    private final Queue<EarlyDatagram> waiting = new ArrayDeque<>();

    /// Adds one behind the others, unless there is no room.
    public void add(EarlyDatagram datagram) {
        if (!isFull()) {
            waiting.add(datagram);
        }
    }

    public boolean isFull() {
        return waiting.size() == CAPACITY;
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
        return waiting.poll();
    }
}
