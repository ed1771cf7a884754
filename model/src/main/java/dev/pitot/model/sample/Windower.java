package dev.pitot.model.sample;

import dev.pitot.model.result.StreamRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers the samples of one test into windows of a length, aligned to the test's own clock:
/// the first begins where the counted part begins, and a sample belongs to the window in which
/// its middle lies. If the length is a multiple of the report interval, every window but the last
/// has the same number of samples. A window ends early where the number of streams changes, where
/// the test ends, and with [#MAX_SAMPLES]. Belongs to one listener.
public final class Windower {
    /// Figures of a window are kept until it ends: eight bytes for each of seven in each sample.
    public static final Duration MAX_LENGTH = Duration.ofDays(1);

    /// Samples of a window: as many as a day has seconds.
    public static final int MAX_SAMPLES = 86_400;

    private final long lengthNanos;
    private final Map<StreamRole, Open> open = new EnumMap<>(StreamRole.class);

    private record Open(long number, Sample.Context context, int streams, Gathering gathering) {}

    /// @param length more than 0, at most [#MAX_LENGTH]
    /// @throws IllegalArgumentException if it is not
    public Windower(Duration length) {
        if (!length.isPositive() || length.compareTo(MAX_LENGTH) > 0) {
            throw new IllegalArgumentException("length not in 0.." + MAX_LENGTH + ": " + length);
        }
        lengthNanos = length.toNanos();
    }

    /// Takes a sample.
    ///
    /// @return the window that ended before it, or null if none did
    public @Nullable Window on(Sample sample) {
        StreamRole direction = sample.context().direction();
        Open current = open.get(direction);
        if (sample.omitted()) {
            gatheringOf(current, sample).add(sample);
            return null;
        }
        long number = number(sample);
        if (current != null && isSame(current, number, sample)) {
            current.gathering.add(sample);
            return null;
        }
        // Warm-up that nothing has followed yet belongs to the first window, whatever it looked
        // like.
        boolean isFirst = current == null || current.gathering.isEmpty();
        Window ended = current == null ? null : current.gathering.window();
        Gathering gathering = isFirst ? gatheringOf(current, sample) : new Gathering();
        gathering.add(sample);
        open.put(direction, new Open(number, sample.context(), sample.streams().size(), gathering));
        return ended;
    }

    private Gathering gatheringOf(@Nullable Open current, Sample sample) {
        if (current != null) {
            return current.gathering;
        }
        var begun = new Open(0, sample.context(), sample.streams().size(), new Gathering());
        open.put(sample.context().direction(), begun);
        return begun.gathering;
    }

    private static boolean isSame(Open current, long number, Sample sample) {
        return !current.gathering.isEmpty()
                && current.gathering.size() < MAX_SAMPLES
                && current.number == number
                && current.context.equals(sample.context())
                && current.streams == sample.streams().size();
    }

    private long number(Sample sample) {
        long start = sample.total().span().startNanos();
        return (start + sample.total().span().nanos() / 2) / lengthNanos;
    }

    /// The test is over: what was gathered since the last windows, in order of direction.
    public List<Window> finish() {
        List<Window> rest = new ArrayList<>();
        for (Open current : open.values()) {
            Window window = current.gathering.window();
            if (window != null) {
                rest.add(window);
            }
        }
        open.clear();
        return rest;
    }
}
