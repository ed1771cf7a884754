package dev.pitot.lab.probe;

import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Readings of one command each, for nodes without a POSIX shell and for those where only one
/// command runs at a time.
final class OneShotPoller implements Poller {
    private final CommandTarget target;
    private final Probe probe;
    private final Duration interval;
    private final Clocks clocks;
    private boolean isFirst = true;

    OneShotPoller(CommandTarget target, Probe probe, Duration interval, Clocks clocks) {
        this.target = target;
        this.probe = probe;
        this.interval = interval;
        this.clocks = clocks;
    }

    @Override
    public @Nullable Next next(Duration timeout) throws ConnectionException, InterruptedException {
        if (!isFirst) {
            Sleep.pause(interval);
        }
        isFirst = false;
        NodeCommands.CommandResult answer = target.commands().run(BoundQuery.words(probe), timeout);
        List<String> lines = new ArrayList<>(answer.out());
        lines.addAll(answer.err());
        return lines.isEmpty()
                ? new Lost("What was asked of " + target.name() + " was answered with nothing.")
                : new Block(clocks.wall().instant(), clocks.monotonic().nanoTime(), lines);
    }

    @Override
    public void close() {
        // each command is closed when its reading is over
    }
}
