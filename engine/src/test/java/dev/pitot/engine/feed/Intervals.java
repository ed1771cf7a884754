package dev.pitot.engine.feed;

import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.Span;
import java.util.List;
import java.util.stream.Stream;

/// Intervals of one second, in which as many bytes were transferred as the number of the second.
final class Intervals {
    private static final long SECOND = 1_000_000_000;

    private Intervals() {}

    static TestEvent oneWay(int second) {
        return of(second, StreamRole.SENDER);
    }

    static TestEvent bothWays(int second) {
        return of(second, StreamRole.SENDER, StreamRole.RECEIVER);
    }

    private static TestEvent of(int second, StreamRole... roles) {
        var span = new Span((second - 1) * SECOND, second * SECOND);
        List<Interval.Sum> sums = Stream.of(roles)
                .map(role -> new Interval.Sum(role, span, second, null, null))
                .toList();
        return new TestEvent.IntervalDone(new Interval(List.of(), sums, false));
    }
}
