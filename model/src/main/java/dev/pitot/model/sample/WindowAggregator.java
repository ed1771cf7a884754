package dev.pitot.model.sample;

import dev.pitot.model.result.StreamRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Aggregates the samples of one test into windows of a fixed length, aligned to the test's own
/// clock: the first begins with the measured part, and a sample belongs to the window that contains
/// its midpoint. If the length is a multiple of the report interval, every window but the last has
/// the same number of samples. A window ends early if the number of streams changes, when the test
/// ends, and at [#MAX_SAMPLES]. Belongs to one listener.
public final class WindowAggregator {
    /// All values of a window are kept until it ends: seven per sample, 8 bytes each.
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    /// Maximum number of samples in a window: one per second of a day.
    public static final int MAX_SAMPLES = 86_400;

    private final long lengthNanos;
    private final Map<StreamRole, Open> open = new EnumMap<>(StreamRole.class);

    private record Open(long number, Sample.Context context, int streams, WindowAccumulator windowAccumulator) {}

    /// @param length more than 0, at most [#MAX_LENGTH]
    /// @throws IllegalArgumentException if it is out of range
    public WindowAggregator(Duration length) {
        if (!length.isPositive() || length.compareTo(MAX_LENGTH) > 0) {
            throw new IllegalArgumentException("length not in 0.." + MAX_LENGTH + ": " + length);
        }
        lengthNanos = length.toNanos();
    }

    /// Adds a sample.
    ///
    /// @return the window that ended before this sample, or null
    public @Nullable Window on(Sample sample) {
        StreamRole direction = sample.context().direction();
        Open current = open.get(direction);
        if (sample.omitted()) {
            windowAccumulatorOf(current, sample).add(sample);
            return null;
        }
        long number = number(sample);
        if (current != null && isSame(current, number, sample)) {
            current.windowAccumulator.add(sample);
            return null;
        }
        // Warm-up samples at the start belong to the first window, whatever their context.
        boolean isFirst = current == null || current.windowAccumulator.isEmpty();
        Window ended = current == null ? null : current.windowAccumulator.window();
        WindowAccumulator windowAccumulator = isFirst ? windowAccumulatorOf(current, sample) : new WindowAccumulator();
        windowAccumulator.add(sample);
        open.put(direction, new Open(number, sample.context(), sample.streams().size(), windowAccumulator));
        return ended;
    }

    private WindowAccumulator windowAccumulatorOf(@Nullable Open current, Sample sample) {
        if (current != null) {
            return current.windowAccumulator;
        }
        var begun = new Open(0, sample.context(), sample.streams().size(), new WindowAccumulator());
        open.put(sample.context().direction(), begun);
        return begun.windowAccumulator;
    }

    private static boolean isSame(Open current, long number, Sample sample) {
        return !current.windowAccumulator.isEmpty()
                && current.windowAccumulator.size() < MAX_SAMPLES
                && current.number == number
                && current.context.equals(sample.context())
                && current.streams == sample.streams().size();
    }

    private long number(Sample sample) {
        long start = sample.total().span().startNanos();
        return (start + sample.total().span().nanos() / 2) / lengthNanos;
    }

    /// Ends the test. Returns the remaining windows, in order of direction.
    public List<Window> finish() {
        List<Window> rest = new ArrayList<>();
        for (Open current : open.values()) {
            Window window = current.windowAccumulator.window();
            if (window != null) {
                rest.add(window);
            }
        }
        open.clear();
        return rest;
    }
}
