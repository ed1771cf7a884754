package dev.pitot.lab.monitor;

import dev.pitot.lab.plan.Monitor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What watches have told a test.
final class MonitorEvents implements MonitorListener {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private final BlockingQueue<Reading> readings = new LinkedBlockingQueue<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> newTroubles = new LinkedBlockingQueue<>();

    @Override
    public void onReading(Monitor monitor, Reading reading) {
        readings.add(reading);
    }

    @Override
    public void onError(Monitor monitor, String sentence) {
        troubles.add(sentence);
        newTroubles.add(sentence);
    }

    /// The next reading.
    Map<String, Double> figures() throws InterruptedException {
        Reading reading = readings.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        if (reading == null) {
            throw new AssertionError("no reading came; troubles: " + troubles);
        }
        return reading.figures();
    }

    /// The next trouble.
    String trouble() throws InterruptedException {
        String trouble = newTroubles.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        if (trouble == null) {
            throw new AssertionError("no trouble came");
        }
        return trouble;
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }
}
