package dev.pitot.metrics.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.Played;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBuilderTest {
    private static List<MetricsRecord> records(RecordBuilder builder, List<TestEvent> events) {
        List<MetricsRecord> records = new ArrayList<>();
        events.forEach(event -> records.addAll(builder.on(event)));
        return records;
    }

    @Test
    void everyIntervalIsARecord() {
        List<MetricsRecord> records = records(new RecordBuilder(), Played.tcp(3));

        assertThat(records).hasSize(3).allMatch(MetricsRecord.Interval.class::isInstance);
        assertThat(records.get(1).time()).isEqualTo(Played.BEGAN.plusSeconds(2));
    }

    @Test
    void theLastWindowComesWithTheEnd() {
        var builder = new RecordBuilder(Duration.ofSeconds(2), SnapshotFormat.Directions.ALL);

        List<MetricsRecord> records = records(builder, Played.tcp(3));

        assertThat(records)
                .extracting(record -> record instanceof MetricsRecord.Windowed(Window window)
                        ? window.extent().bytes()
                        : -1)
                .containsExactly(4000L, 5000L);
    }

    @Test
    void bothDirectionsAreRecordsUnlessOneIsWanted() {
        List<MetricsRecord> all = records(new RecordBuilder(), Played.bidirectional());
        List<MetricsRecord> leading =
                records(new RecordBuilder(null, SnapshotFormat.Directions.LEADING), Played.bidirectional());

        assertThat(all)
                .extracting(record -> record.context().direction())
                .containsExactly(StreamRole.SENDER, StreamRole.RECEIVER);
        assertThat(leading).containsExactly(all.getFirst());
        assertThat(leading.getFirst())
                .isInstanceOfSatisfying(
                        MetricsRecord.Interval.class,
                        interval -> assertThat(interval.sample())
                                .extracting(Sample::omitted)
                                .isEqualTo(false));
    }

    @Test
    void aWindowWithoutLengthIsRefused() {
        assertThatThrownBy(() -> new SnapshotFormat(_ -> "").withWindow(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window must be longer than 0 and at most a day: PT0S");
    }
}
