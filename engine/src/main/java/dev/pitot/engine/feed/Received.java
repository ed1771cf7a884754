package dev.pitot.engine.feed;

/// The answer of a feed that was asked for its next item.
public sealed interface Received<T> {
    /// The next item.
    record Item<T>(T value) implements Received<T> {}

    /// None has come, but one may.
    record Nothing<T>() implements Received<T> {}

    /// None will come: the test is over and everything has been read, or the feed was closed.
    record End<T>() implements Received<T> {}
}
