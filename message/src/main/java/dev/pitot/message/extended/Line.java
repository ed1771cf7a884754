package dev.pitot.message.extended;

import org.jspecify.annotations.Nullable;

/// Channels that wait for their turn to send.
final class Line {
    private @Nullable OutChannel first;
    private @Nullable OutChannel last;

    @Nullable OutChannel first() {
        return first;
    }

    void join(OutChannel channel) {
        if (channel.isInLine) {
            return;
        }
        channel.isInLine = true;
        channel.behind = null;
        OutChannel before = last;
        if (before == null) {
            first = channel;
        } else {
            before.behind = channel;
        }
        last = channel;
    }

    void leaveFirst() {
        OutChannel leaving = first;
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
        OutChannel leaving = first;
        if (leaving != null && leaving.behind != null) {
            leaveFirst();
            join(leaving);
        }
    }
}
