package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Readings of a loop on the node: one command for all of them.
final class LoopReadings implements Readings {
    private final Station station;
    private final String mark;
    private final Feed feed;
    private final BlockLines lines = new BlockLines();

    private LoopReadings(Station station, String mark, Feed feed) {
        this.station = station;
        this.mark = mark;
        this.feed = feed;
    }

    static LoopReadings open(Station station, Question.Shell question, Duration interval, NanoClock clock)
            throws ConnectionException {
        String mark = NodeScript.newMark();
        Feed feed = Feed.open(station, NodeScript.loop(mark, question, interval), clock);
        return new LoopReadings(station, mark, feed);
    }

    @Override
    public @Nullable Next next(Duration patience) throws InterruptedException {
        while (true) {
            switch (feed.next(patience)) {
                case null -> {
                    return null;
                }
                case Feed.Item.Over(var end) -> {
                    return Readings.lost(end, station, lines.last());
                }
                case Feed.Item.Text text -> {
                    Next next = onLine(text);
                    if (next != null) {
                        return next;
                    }
                }
            }
        }
    }

    private @Nullable Next onLine(Feed.Item.Text text) {
        MarkedLine marked = MarkedLine.of(text.line().text(), mark);
        boolean fits = (marked.text().isEmpty() && marked.sign() != null) || lines.add(marked.text());
        if (!fits) {
            return new Lost("What " + station.name() + " writes for one reading is too long.");
        }
        return "end".equals(marked.sign()) ? new Block(text.line().arrival(), text.heardNanos(), lines.take()) : null;
    }

    @Override
    public void close() {
        feed.close();
    }
}
