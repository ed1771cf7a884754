package dev.pitot.lab.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A listener that keeps what it hears.
final class HeardLines implements LineListener {
    static final Duration PATIENCE = Duration.ofSeconds(100);

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    @Override
    public void onLine(Line line) {
        lines.add(line);
    }

    Line next() throws InterruptedException {
        Line line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("no line");
        }
        return line;
    }

    /// What was heard and not taken yet.
    List<String> texts() {
        return new ArrayList<>(lines).stream().map(Line::text).toList();
    }

    List<String> texts(Line.Origin origin) {
        return new ArrayList<>(lines)
                .stream()
                        .filter(line -> line.origin() == origin)
                        .map(Line::text)
                        .toList();
    }
}
