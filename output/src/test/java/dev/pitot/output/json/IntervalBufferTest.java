package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.Span;
import dev.pitot.output.ReportBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntervalBufferTest {
    private static final StreamInfo STREAM =
            new StreamInfo(1, 5, StreamRole.RECEIVER, new Endpoint("a", 1), new Endpoint("b", 2));
    private static final long MEBIBYTE = 1024 * 1024;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void theOldestGoWhenTheyAreTooMany() {
        var kept = new IntervalBuffer(new ReportBudget(1024 * MEBIBYTE));
        for (int i = 0; i < 10; i++) {
            kept.add(interval(10_000));
        }
        kept.warnOfDropped(warnings::add);
        assertThat(warnings).isEmpty();

        kept.add(interval(1));

        kept.warnOfDropped(warnings::add);
        assertThat(warnings).containsExactly("warning: the first 1 intervals are left out");
    }

    @Test
    void aDayOfOneStreamFitsIntoTheHeapThatTheLauncherGivesAClient() {
        var kept = new IntervalBuffer(ReportBudget.ofOneTest(512 * MEBIBYTE / 12));

        for (int second = 0; second < 24 * 60 * 60; second++) {
            kept.add(interval(1));
        }

        kept.warnOfDropped(warnings::add);
        assertThat(warnings).isEmpty();
    }

    @Test
    void allTestsTogetherKeepNoMoreThanTheirBudgetAndEachOneSaysWhatItLeavesOut() {
        var budget = new ReportBudget(MEBIBYTE);
        List<IntervalBuffer> tests =
                IntStream.range(0, 64).mapToObj(_ -> new IntervalBuffer(budget)).toList();

        for (int i = 0; i < 100; i++) {
            tests.forEach(test -> test.add(interval(16)));
            assertThat(budget.takenBytes()).isLessThanOrEqualTo(MEBIBYTE);
        }

        for (IntervalBuffer test : tests) {
            JsonTree written = written(test);
            int kept = written.objects("intervals").size();
            assertThat(kept).isPositive();
            assertThat(written.number("intervals_left_out")).isEqualTo(100.0 - kept);
        }
        tests.forEach(IntervalBuffer::release);
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void whoeverKeepsMuchGivesWayToThoseWhoKeepLittle() {
        var budget = new ReportBudget(MEBIBYTE);
        var greedy = new IntervalBuffer(budget);
        for (int i = 0; i < 10_000; i++) {
            greedy.add(interval(1));
        }
        int before = written(greedy).objects("intervals").size();

        var modest = new IntervalBuffer(budget);
        for (int i = 0; i < 10; i++) {
            modest.add(interval(1));
            greedy.add(interval(1));
        }

        assertThat(written(modest).objects("intervals")).hasSize(10);
        assertThat(written(modest).has("intervals_left_out")).isFalse();
        assertThat(written(greedy).objects("intervals")).hasSizeBetween(before - 20, before - 1);
    }

    private static JsonTree written(IntervalBuffer kept) {
        CjsonWriter out = CjsonWriter.compact().beginObject();
        kept.writeTo(out);
        return JsonTree.of(out.endObject().toString());
    }

    private static Interval interval(int parts) {
        var part = new Interval.OfStream(STREAM, Span.until(1), 0, null, null, null);
        return new Interval(Collections.nCopies(parts, part), List.of(), false);
    }
}
