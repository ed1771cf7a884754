package dev.pitot.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.json.JsonStreamReporter;
import dev.pitot.output.text.TextOptions;
import dev.pitot.output.text.TextReporter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A week has 604,800 intervals of a second. A third of them is enough to detect growth; the
/// profile `soak` runs more than a week.
@NullMarked
@Timeout(600)
@Tag("slow")
class WeekLongTest {
    private static final int INTERVALS = Integer.getInteger("pitot.test.intervals", 200_000);
    private static final long FEW_BYTES = 10L * INTERVALS; // ten for each interval, less than any object

    private final LongAdder lines = new LongAdder();
    private final Lines out = _ -> lines.increment();

    @Test
    void textKeepsNoIntervals() {
        var reporter = new TextReporter(TestRole.SERVER, TextOptions.plain(Goldens.PROGRAM), out, out);

        long grown = growthOver(reporter);

        assertThat(grown).isLessThan(FEW_BYTES);
        assertThat(lines.sum()).isGreaterThan(INTERVALS);
    }

    @Test
    void aStreamOfJsonKeepsNoIntervals() {
        var reporter = new JsonStreamReporter(TestRole.SERVER, Goldens.PROGRAM, out, out);

        long grown = growthOver(reporter);

        assertThat(grown).isLessThan(FEW_BYTES);
        assertThat(lines.sum()).isGreaterThan(INTERVALS);
    }

    /// Returns the growth of used memory after a reporter has received all intervals, but not the
    /// end.
    private static long growthOver(TestReporter reporter) {
        for (TestEvent event : Samples.opening(TestRole.SERVER, Protocol.UDP, List.of(Samples.RECEIVING))) {
            reporter.onEvent(event);
        }
        var reception = new Datagrams.Reception(1L, 0, 0, 0.001);
        reporter.onEvent(Samples.interval(0, reception));
        long before = usedBytes();
        for (int i = 1; i <= INTERVALS; i++) {
            reporter.onEvent(Samples.interval(i, reception));
        }
        long after = usedBytes();
        reporter.serverOutput(); // keeps the reporter reachable until here
        return after - before;
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
