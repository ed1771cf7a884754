package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Readings of one command each, for nodes without a POSIX shell and for those where only one
/// command runs at a time.
final class TurnReadings implements Readings {
    private final Station station;
    private final Question question;
    private final Duration interval;
    private final NanoClock clock;
    private boolean isFirst = true;

    TurnReadings(Station station, Question question, Duration interval, NanoClock clock) {
        this.station = station;
        this.question = question;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public @Nullable Next next(Duration patience) throws ConnectionException, InterruptedException {
        if (!isFirst) {
            Waiting.pause(interval);
        }
        isFirst = false;
        Answer answer = Answer.ask(station, question, patience, clock);
        Feed.Item.Text last = answer.last();
        if (answer.isSilent()) {
            return null;
        }
        if (answer.trouble() != null) {
            return new Lost(answer.trouble());
        }
        return last == null
                ? new Lost("What was asked of " + station.name() + " was answered with nothing.")
                : new Block(last.line().arrival(), last.heardNanos(), answer.lines());
    }

    @Override
    public void close() {
        // each command is closed when its reading is over
    }
}
