package dev.pitot.engine.feed;

/// Policy of a feed for items that arrive when the queue is full. Discarded items are counted
/// ([Feed#dropped()]).
public enum Overflow {
    /// The feed's listener waits for space. Only its own thread waits: the measurement continues, and
    /// when 1024 events are queued for that thread the engine drops intervals and counts them. The
    /// methods that wait for the end of the test (`run`, `await`) wait for this listener too, so another
    /// thread must read or close the feed.
    BLOCK,
    /// The oldest items are discarded.
    DROP_OLDEST,
    /// Only the items of the last event are kept: for samples of a bidirectional test, two; the capacity
    /// is ignored. For readers that need recent values rather than all of them.
    NEWEST_ONLY
}
