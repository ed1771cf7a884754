package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptIntervalsTest {
    private static final StreamInfo STREAM =
            new StreamInfo(1, 5, StreamRole.RECEIVER, new Endpoint("a", 1), new Endpoint("b", 2));

    private final List<String> warnings = new ArrayList<>();

    @Test
    void theOldestGoWhenTheyAreTooMany() {
        var kept = new KeptIntervals();
        for (int i = 0; i < 10; i++) {
            kept.add(interval(10_000));
        }
        kept.warnOfDropped(warnings::add);
        assertThat(warnings).isEmpty();

        kept.add(interval(1));

        kept.warnOfDropped(warnings::add);
        assertThat(warnings).containsExactly("warning: the first 1 intervals are left out");
    }

    private static Interval interval(int parts) {
        var part = new Interval.OfStream(STREAM, Span.until(1), 0, null, null);
        return new Interval(Collections.nCopies(parts, part), List.of(), false);
    }
}
