package dev.pitot.testkit.simulate;

/// What a path did to the datagrams of one direction. What entered is what left, was lost,
/// overflowed or is still on the way, less the duplicates.
///
/// @param entered what the path was given
/// @param left what it has delivered, duplicates included
/// @param lost by chance
/// @param overflowed lost because a queue was full: the rate limit's, or the path's own bound
/// @param onTheWay at this moment, duplicates included
/// @param done what else it did
public record PathCounts(long entered, long left, long lost, long overflowed, long onTheWay, Done done) {
    /// What happened to datagrams that were not lost.
    ///
    /// @param heldBack so that others could overtake them
    /// @param duplicated entered once, left twice
    /// @param corrupted with inverted bits, each copy counted
    public record Done(long heldBack, long duplicated, long corrupted) {}

    static final PathCounts NOTHING = new PathCounts(0, 0, 0, 0, 0, new Done(0, 0, 0));

    PathCounts plus(PathCounts other) {
        return new PathCounts(
                entered + other.entered,
                left + other.left,
                lost + other.lost,
                overflowed + other.overflowed,
                onTheWay + other.onTheWay,
                new Done(
                        done.heldBack + other.done.heldBack,
                        done.duplicated + other.done.duplicated,
                        done.corrupted + other.done.corrupted));
    }
}
