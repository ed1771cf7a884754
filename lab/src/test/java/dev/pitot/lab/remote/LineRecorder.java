package dev.pitot.lab.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A listener that keeps what it hears.
final class LineRecorder implements LineListener {
    static final Duration PATIENCE = Duration.ofSeconds(100);

    private final BlockingQueue<OutputLine> lines = new LinkedBlockingQueue<>();

    @Override
    public void onLine(OutputLine line) {
        lines.add(line);
    }

    OutputLine next() throws InterruptedException {
        OutputLine line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("no line");
        }
        return line;
    }

    /// What was heard and not taken yet.
    List<String> texts() {
        return new ArrayList<>(lines).stream().map(OutputLine::text).toList();
    }

    List<String> texts(OutputLine.Origin origin) {
        return new ArrayList<>(lines)
                .stream()
                        .filter(line -> line.origin() == origin)
                        .map(OutputLine::text)
                        .toList();
    }
}
