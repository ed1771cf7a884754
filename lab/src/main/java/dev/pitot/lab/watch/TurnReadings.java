package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.process.NodeCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Readings of one command each, for nodes without a POSIX shell and for those where only one
/// command runs at a time.
final class TurnReadings implements Readings {
    private final Station station;
    private final Question question;
    private final Duration interval;
    private final Clocks clocks;
    private boolean isFirst = true;

    TurnReadings(Station station, Question question, Duration interval, Clocks clocks) {
        this.station = station;
        this.question = question;
        this.interval = interval;
        this.clocks = clocks;
    }

    @Override
    public @Nullable Next next(Duration patience) throws ConnectionException, InterruptedException {
        if (!isFirst) {
            Waiting.pause(interval);
        }
        isFirst = false;
        NodeCommands.Answer answer = station.commands().run(Asked.words(question), patience);
        List<String> lines = new ArrayList<>(answer.out());
        lines.addAll(answer.err());
        return lines.isEmpty()
                ? new Lost("What was asked of " + station.name() + " was answered with nothing.")
                : new Block(clocks.wall().instant(), clocks.monotonic().nanoTime(), lines);
    }

    @Override
    public void close() {
        // each command is closed when its reading is over
    }
}
