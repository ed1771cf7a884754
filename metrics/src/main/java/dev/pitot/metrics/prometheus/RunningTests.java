package dev.pitot.metrics.prometheus;

import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.IntervalMetrics;
import dev.pitot.model.sample.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Last interval of each running test. Thread-safe.
final class RunningTests {
    private final Map<Object, Running> tests = new HashMap<>();

    private record Running(TestRole role, Map<Sample.Context, IntervalMetrics> latest) {}

    /// @param test key of the test: the listener that reports it
    synchronized void begin(Object test, TestRole role) {
        tests.putIfAbsent(test, new Running(role, new HashMap<>()));
    }

    /// Replaces the last interval of a direction. Does nothing if the test is not running.
    synchronized void show(Object test, Sample sample) {
        Running running = tests.get(test);
        if (running != null) {
            running.latest.put(sample.context(), sample.total());
        }
    }

    synchronized void end(Object test) {
        tests.remove(test);
    }

    synchronized int count(TestRole role) {
        return (int) tests.values().stream().filter(test -> test.role == role).count();
    }

    /// Returns the last interval of each running test, grouped by context.
    synchronized Map<Sample.Context, List<IntervalMetrics>> latest() {
        Map<Sample.Context, List<IntervalMetrics>> together = new HashMap<>();
        Collection<Running> running = tests.values();
        for (Running test : running) {
            test.latest.forEach((context, metrics) ->
                    together.computeIfAbsent(context, _ -> new ArrayList<>()).add(metrics));
        }
        return together;
    }
}
