package dev.pitot.client;

/// Comparison of a result with a threshold.
public sealed interface Verdict {
    /// Human-readable text: `Average: 94.12 Mbps`, or the reason why there is no result.
    String text();

    /// At or above the threshold.
    record Pass(String text) implements Verdict {}

    /// Below the threshold, or without a result.
    record Fail(String text) implements Verdict {}

    /// True if it is good enough.
    default boolean isPass() {
        return this instanceof Pass;
    }
}
