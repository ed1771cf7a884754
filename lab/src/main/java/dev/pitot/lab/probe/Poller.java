package dev.pitot.lab.probe;

import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.process.NodeCommands;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.OutputLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Readings of a node, one after the other: by a loop on the node if it can hold one, else by a command
/// for each reading. Any thread may use it.
///
/// @param command writes one reading; how it exits does not matter
/// @param interval between two
public record Poller(CommandTarget target, List<String> command, Duration interval, Clocks clocks) {
    /// In place of a timeout.
    public static final Duration FOR_EVER = Duration.ofDays(1000);

    private static final int MAX_LINES = 4096; // of one reading: a node may write without end
    private static final int MAX_CHARACTERS = 256 * 1024;

    public Poller {
        command = List.copyOf(command);
    }

    /// One reading.
    ///
    /// @param arrival when its end arrived, by the wall clock
    /// @param arrivalNanos the same by the monotonic clock
    /// @param lines what was written
    public record Block(Instant arrival, long arrivalNanos, List<String> lines) {
        public Block {
            lines = List.copyOf(lines);
        }
    }

    /// Reads until the node is lost or nobody wants more. Nothing stays on the node, as far as the
    /// connection allows it.
    ///
    /// @param reader takes each reading, perhaps on another thread, and returns whether to go on
    /// @param silence with a node that writes nothing at all
    /// @param timeout in all
    /// @return why the node is lost, a sentence; empty if nobody wants more, or the time is over
    public String run(Predicate<Block> reader, Duration silence, Duration timeout)
            throws ConnectionException, InterruptedException {
        return target.hasShell() && !target.runsOneCommandAtATime()
                ? LongCommand.loop(this).run(new Readings(reader), silence, timeout)
                : oneByOne(reader, timeout);
    }

    private String oneByOne(Predicate<Block> reader, Duration timeout)
            throws ConnectionException, InterruptedException {
        long began = clocks.monotonic().nanoTime();
        Duration longest = target.commands().timeouts().command();
        for (Duration left = timeout; left.isPositive(); ) {
            NodeCommands.CommandResult answer =
                    target.commands().run(command, left.compareTo(longest) < 0 ? left : longest);
            List<String> lines = new ArrayList<>(answer.out());
            lines.addAll(answer.err());
            if (lines.isEmpty()) {
                return "What was asked of " + target.name() + " was answered with nothing.";
            }
            var block = new Block(clocks.wall().instant(), clocks.monotonic().nanoTime(), lines);
            if (!reader.test(block)) {
                return "";
            }
            Thread.sleep(interval);
            left = timeout.minusNanos(clocks.monotonic().nanoTime() - began);
        }
        return "";
    }

    /// Puts the lines of a loop together.
    private final class Readings implements LongCommand.Listener {
        private final Predicate<Block> reader;
        private final List<String> lines = new ArrayList<>();
        private int characters;

        Readings(Predicate<Block> reader) {
            this.reader = reader;
        }

        @Override
        public @Nullable String onLine(OutputLine line, String text, LongCommand.@Nullable Sign sign) {
            if (!text.isEmpty() || sign == null) {
                lines.add(text);
                characters += text.length();
                if (lines.size() > MAX_LINES || characters > MAX_CHARACTERS) {
                    return "What " + target.name() + " writes for one reading is too long.";
                }
            }
            if (sign != LongCommand.Sign.END) {
                return null;
            }
            var block = new Block(line.arrival(), clocks.monotonic().nanoTime(), lines);
            lines.clear();
            characters = 0;
            return reader.test(block) ? null : "";
        }
    }
}
