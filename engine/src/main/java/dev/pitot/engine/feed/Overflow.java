package dev.pitot.engine.feed;

/// What a feed does with an item that finds no room. What is given up is counted
/// ([Feed#dropped()]).
public enum Overflow {
    /// The feed's listener waits for room. Only its own thread does: the measurement goes on, and
    /// when 1024 events wait for that thread the engine drops intervals and counts them. Whoever
    /// waits for the end of the test (`run`, `await`) waits for this listener too, so somebody
    /// else must read or close the feed.
    BLOCK,
    /// The items that have waited longest are given up.
    DROP_OLDEST,
    /// Only what the last event brought waits, which for samples of a bidirectional test is two;
    /// the capacity does not matter. For readers that want fresh figures rather than all of them.
    NEWEST_ONLY
}
