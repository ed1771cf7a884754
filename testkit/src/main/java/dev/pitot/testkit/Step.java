package dev.pitot.testkit;

import java.time.Duration;

/// One thing that a scripted peer does; [Script] says what each means.
sealed interface Step {
    /// Identity is enough for a step: nobody compares two.
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
