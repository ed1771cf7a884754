package dev.pitot.lab.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Short commands that are run to their end, such as a question for an address. Without state.
public final class Commands {
    /// The most lines of both outputs together that are kept.
    public static final int MAX_LINES = 10_000;

    /// The most characters of both outputs together that are kept.
    public static final int MAX_CHARACTERS = 16 << 20;

    private Commands() {}

    /// Runs a command and waits for its end. An exit code other than 0 is no failure here.
    ///
    /// @param patience after which it is let go
    /// @throws ConnectionException if it cannot be started, does not end in time, writes more
    ///     than [#MAX_LINES] or [#MAX_CHARACTERS], or the connection breaks
    public static Finished run(Connection connection, List<String> command, Duration patience)
            throws ConnectionException, InterruptedException {
        var kept = new Kept();
        try (RunningCommand running = connection.start(command, kept)) {
            kept.endWhenTooMuch(running);
            CommandEnd end = running.await(patience);
            String who = connection.name() + ": " + command.getFirst();
            if (kept.isTooMuch()) {
                throw new ConnectionException(who + " wrote more than " + MAX_LINES + " lines or " + MAX_CHARACTERS
                        + " characters; see what it does there");
            }
            return switch (end) {
                case CommandEnd.Exited(int code) -> kept.finished(code);
                case CommandEnd.ConnectionLost(String reason) -> throw new ConnectionException(reason);
                case CommandEnd.LetGo() ->
                    throw new ConnectionException(who + " was let go, since the connection was closed");
                case null ->
                    throw new ConnectionException(who + " has not ended after " + seconds(patience)
                            + " s; see whether the node still answers");
            };
        }
    }

    private static String seconds(Duration patience) {
        double seconds = patience.toMillis() / 1000.0;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    /// A command that has ended by itself.
    ///
    /// @param code its exit code
    /// @param out the lines of its standard output
    /// @param err the lines of its standard error
    public record Finished(int code, List<String> out, List<String> err) {
        public Finished {
            out = List.copyOf(out);
            err = List.copyOf(err);
        }

        /// Whether it exited with 0.
        public boolean succeeded() {
            return code == 0;
        }
    }

    /// The lines of one command, as long as there are not too many.
    private static final class Kept implements LineListener {
        private final List<Line> lines = new ArrayList<>();
        private long characters;
        private boolean isTooMuch;
        private @Nullable RunningCommand running;

        @Override
        public synchronized void onLine(Line line) {
            boolean wasTooMuch = isTooMuch;
            characters += line.text().length();
            isTooMuch |= lines.size() == MAX_LINES || characters > MAX_CHARACTERS;
            if (!isTooMuch) {
                lines.add(line);
            } else if (!wasTooMuch) {
                end();
            }
        }

        synchronized void endWhenTooMuch(RunningCommand command) {
            running = command;
            if (isTooMuch) {
                end();
            }
        }

        /// On a thread of its own: a command must not wait for its listener.
        private void end() {
            if (running != null) {
                Thread.ofVirtual().name("too-much-output").start(running::close);
            }
        }

        synchronized boolean isTooMuch() {
            return isTooMuch;
        }

        synchronized Finished finished(int code) {
            return new Finished(code, texts(Line.Origin.OUT), texts(Line.Origin.ERR));
        }

        private List<String> texts(Line.Origin origin) {
            return lines.stream()
                    .filter(line -> line.origin() == origin)
                    .map(Line::text)
                    .toList();
        }
    }
}
