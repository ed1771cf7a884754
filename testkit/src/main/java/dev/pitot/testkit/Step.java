package dev.pitot.testkit;

import java.time.Duration;

/// Step of a scripted peer; described in [Script].
sealed interface Step {
    /// Array component: steps are never compared for equality.
    @SuppressWarnings("ArrayRecordComponent")
    record Send(byte[] bytes) implements Step {}

    @SuppressWarnings("ArrayRecordComponent")
    record Flood(byte[] block) implements Step {}

    @SuppressWarnings("ArrayRecordComponent")
    record Expect(byte[] bytes) implements Step {}

    record Take(int count) implements Step {}

    record TakeFrame() implements Step {}

    record TakeAll() implements Step {}

    record Drain() implements Step {}

    record Pause(Duration length) implements Step {}

    record Stall() implements Step {}

    record EndSending() implements Step {}

    record Close() implements Step {}

    record Reset() implements Step {}
}
