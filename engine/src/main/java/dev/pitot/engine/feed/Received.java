package dev.pitot.engine.feed;

/// Result of reading a feed.
public sealed interface Received<T> {
    /// The next item.
    record Item<T>(T value) implements Received<T> {}

    /// No item is available yet.
    record Nothing<T>() implements Received<T> {}

    /// No item will follow: the test is over and everything has been read, or the feed was closed.
    record End<T>() implements Received<T> {}
}
