package dev.pitot.client;

/// Whether a result is good enough.
public sealed interface Verdict {
    /// A sentence for a person: `Average: 94.12 Mbps`, or why there is no figure.
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
