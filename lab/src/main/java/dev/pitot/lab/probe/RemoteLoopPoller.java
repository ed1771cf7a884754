package dev.pitot.lab.probe;

import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Readings of a loop on the node: one command for all of them.
final class RemoteLoopPoller implements Poller {
    private final CommandTarget target;
    private final String mark;
    private final LineQueue queue;
    private final ReadingLines lines = new ReadingLines();

    private RemoteLoopPoller(CommandTarget target, String mark, LineQueue queue) {
        this.target = target;
        this.mark = mark;
        this.queue = queue;
    }

    static RemoteLoopPoller open(CommandTarget target, Probe.ShellScript question, Duration interval, NanoClock clock)
            throws ConnectionException {
        String mark = NodeScript.newMark();
        LineQueue queue = LineQueue.open(target, NodeScript.loop(mark, question, interval), clock);
        return new RemoteLoopPoller(target, mark, queue);
    }

    @Override
    public @Nullable Next next(Duration timeout) throws InterruptedException {
        while (true) {
            switch (queue.next(timeout)) {
                case null -> {
                    return null;
                }
                case LineQueue.Item.End(var end) -> {
                    return Poller.lost(end, target, lines.last());
                }
                case LineQueue.Item.Received text -> {
                    Next next = onLine(text);
                    if (next != null) {
                        return next;
                    }
                }
            }
        }
    }

    private @Nullable Next onLine(LineQueue.Item.Received text) {
        MarkedLine marked = MarkedLine.of(text.line().text(), mark);
        boolean fits = (marked.text().isEmpty() && marked.sentinel() != null) || lines.add(marked.text());
        if (!fits) {
            return new Lost("What " + target.name() + " writes for one reading is too long.");
        }
        return "end".equals(marked.sentinel())
                ? new Block(text.line().arrival(), text.arrivalNanos(), lines.take())
                : null;
    }

    @Override
    public void close() {
        queue.close();
    }
}
