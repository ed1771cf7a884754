package dev.pitot.lab.connection.console;

import dev.pitot.lab.connection.Line;
import dev.pitot.lab.connection.LineListener;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Keeps what a command wrote.
final class Heard implements LineListener {
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Line> fresh = new LinkedBlockingQueue<>();

    @Override
    public void onLine(Line line) {
        lines.add(line);
        fresh.add(line);
    }

    Line next() throws InterruptedException {
        Line line = fresh.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing more was heard after " + lines);
        }
        return line;
    }

    List<String> texts(Line.Origin origin) {
        return lines.stream()
                .filter(line -> line.origin() == origin)
                .map(Line::text)
                .toList();
    }
}
