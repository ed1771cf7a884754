package dev.pitot.metrics.record;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.SnapshotFormat.Directions;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Sampler;
import dev.pitot.model.sample.Window;
import dev.pitot.model.sample.WindowAggregator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Converts the events of one test to records. Owned by one listener.
public final class RecordBuilder {
    private final Sampler sampler = new Sampler();
    private final @Nullable WindowAggregator windowAggregator;
    private final Directions directions;

    /// Creates a converter for all directions, one record per interval.
    public RecordBuilder() {
        this(null, Directions.ALL);
    }

    /// @param window length of a window, more than 0 and at most [WindowAggregator#MAX_LENGTH]; null for
    ///     one record per interval
    /// @param directions directions to include
    /// @throws IllegalArgumentException if `window` is out of range
    public RecordBuilder(@Nullable Duration window, Directions directions) {
        windowAggregator = window == null ? null : new WindowAggregator(window);
        this.directions = directions;
    }

    /// Returns the records that an event completes, in order of time; usually none.
    public List<MetricsRecord> on(TestEvent event) {
        List<Sample> samples = sampler.on(event);
        if (directions == Directions.LEADING && !samples.isEmpty()) {
            samples = samples.subList(0, 1); // an interval has the direction from client to server first
        }
        if (windowAggregator == null) {
            return List.copyOf(samples.stream().map(MetricsRecord.Interval::new).toList());
        }
        List<MetricsRecord> records = new ArrayList<>();
        for (Sample sample : samples) {
            Window ended = windowAggregator.on(sample);
            if (ended != null) {
                records.add(new MetricsRecord.Windowed(ended));
            }
        }
        if (event instanceof TestEvent.Finished) {
            windowAggregator.finish().forEach(window -> records.add(new MetricsRecord.Windowed(window)));
        }
        return List.copyOf(records);
    }
}
