package dev.pitot.testkit;

/// Counters of a [LossyLink] for the datagrams of one stream in one direction so far. Handshake
/// datagrams (4 or 11 bytes) are counted separately from data.
///
/// @param passed data datagrams that were delivered; a duplicated one counts once
/// @param dropped data datagrams that were dropped
/// @param duplicated data datagrams that were delivered twice
/// @param reordered data datagrams that were delivered after a later one
/// @param handshakes handshake datagrams that were delivered
/// @param lostHandshakes handshake datagrams that were dropped
public record StreamLinkCounts(
        long passed, long dropped, long duplicated, long reordered, long handshakes, long lostHandshakes) {
    static final StreamLinkCounts NOTHING = new StreamLinkCounts(0, 0, 0, 0, 0, 0);

    /// Number of data datagrams that arrived at the link, without those that it still delays.
    public long data() {
        return passed + dropped;
    }

    StreamLinkCounts plus(StreamLinkCounts other) {
        return new StreamLinkCounts(
                passed + other.passed,
                dropped + other.dropped,
                duplicated + other.duplicated,
                reordered + other.reordered,
                handshakes + other.handshakes,
                lostHandshakes + other.lostHandshakes);
    }

    StreamLinkCounts plusPassed(int late) {
        return new StreamLinkCounts(passed + 1, dropped, duplicated, reordered + late, handshakes, lostHandshakes);
    }

    StreamLinkCounts plusDuplicated() {
        return new StreamLinkCounts(passed + 1, dropped, duplicated + 1, reordered, handshakes, lostHandshakes);
    }

    StreamLinkCounts plusDropped() {
        return new StreamLinkCounts(passed, dropped + 1, duplicated, reordered, handshakes, lostHandshakes);
    }

    StreamLinkCounts plusHandshake(boolean lost) {
        return lost
                ? new StreamLinkCounts(passed, dropped, duplicated, reordered, handshakes, lostHandshakes + 1)
                : new StreamLinkCounts(passed, dropped, duplicated, reordered, handshakes + 1, lostHandshakes);
    }
}
