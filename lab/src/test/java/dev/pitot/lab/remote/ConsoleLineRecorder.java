package dev.pitot.lab.remote;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a command wrote.
final class ConsoleLineRecorder implements LineListener {
    private final List<OutputLine> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<OutputLine> fresh = new LinkedBlockingQueue<>();

    @Override
    public void onLine(OutputLine line) {
        lines.add(line);
        fresh.add(line);
    }

    OutputLine next() throws InterruptedException {
        OutputLine line = fresh.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing more was heard after " + lines);
        }
        return line;
    }

    List<String> texts(OutputLine.Origin origin) {
        return lines.stream()
                .filter(line -> line.origin() == origin)
                .map(OutputLine::text)
                .toList();
    }
}
