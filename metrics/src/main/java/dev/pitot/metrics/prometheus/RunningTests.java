package dev.pitot.metrics.prometheus;

import dev.pitot.model.result.TestRole;
import dev.pitot.model.sample.Figures;
import dev.pitot.model.sample.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The last interval of each test that runs. Any thread may call it.
final class RunningTests {
    private final Map<Object, Running> tests = new HashMap<>();

    private record Running(TestRole role, Map<Sample.Context, Figures> latest) {}

    /// @param test whoever feeds it
    synchronized void begin(Object test, TestRole role) {
        tests.putIfAbsent(test, new Running(role, new HashMap<>()));
    }

    /// Replaces what was known of the direction. Nothing happens if the test does not run.
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

    /// The last interval of each running test, by what it measures.
    synchronized Map<Sample.Context, List<Figures>> latest() {
        Map<Sample.Context, List<Figures>> together = new HashMap<>();
        Collection<Running> running = tests.values();
        for (Running test : running) {
            test.latest.forEach((context, figures) ->
                    together.computeIfAbsent(context, _ -> new ArrayList<>()).add(figures));
        }
        return together;
    }
}
