package dev.pitot.testkit.simulate;

/// The books of a [SimulatedPath]. Its thread only.
final class PathCounters {
    long entered;
    long left;
    long lost;
    long overflowed;
    long heldBack;
    long duplicated;
    long corrupted;

    PathCounts counts(int onTheWay) {
        return new PathCounts(
                entered, left, lost, overflowed, onTheWay, new PathCounts.Done(heldBack, duplicated, corrupted));
    }
}
