package dev.pitot.message.extended;

import org.jspecify.annotations.Nullable;

/// Channels that wait for their turn to send.
final class RoundRobin {
    private @Nullable SendChannel first;
    private @Nullable SendChannel last;

    @Nullable SendChannel first() {
        return first;
    }

    void join(SendChannel channel) {
        if (channel.isInLine) {
            return;
        }
        channel.isInLine = true;
        channel.behind = null;
        SendChannel before = last;
        if (before == null) {
            first = channel;
        } else {
            before.behind = channel;
        }
        last = channel;
    }

    void leaveFirst() {
        SendChannel leaving = first;
        if (leaving == null) {
            return;
        }
        first = leaving.behind;
        if (first == null) {
            last = null;
        }
        leaving.behind = null;
        leaving.isInLine = false;
    }

    /// The first goes to the end of the line.
    void rotate() {
        moveFirstTo(this);
    }

    /// The first goes to the end of a line.
    void moveFirstTo(RoundRobin line) {
        SendChannel leaving = first;
        if (leaving != null) {
            leaveFirst();
            line.join(leaving);
        }
    }
}
