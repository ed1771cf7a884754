package dev.pitot.cli.run;

import dev.pitot.model.config.Direction;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.output.Lines;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Puts the tests of a loopback run together. Used by one thread, but for the lines of the
/// running test.
sealed interface LoopbackReport {
    /// A test is about to start.
    ///
    /// @return where its lines go
    Lines begin(Direction direction);

    /// All tests that there are have ended.
    void finish(Map<Direction, Outcome> outcomes);

    /// What people call the direction, seen from the client.
    private static String name(Direction direction) {
        return direction == Direction.REVERSE ? "down" : "up";
    }

    /// Live lines under a heading for each test, and a rate for each at the end.
    record Text(Lines out) implements LoopbackReport {
        private static final double BITS_PER_GBIT = 1e9;
        private static final double BITS_PER_MBIT = 1e6;

        @Override
        public Lines begin(Direction direction) {
            out.print("Loopback test " + name(direction) + " (" + way(direction) + ")");
            return out;
        }

        @Override
        public void finish(Map<Direction, Outcome> outcomes) {
            out.print("");
            outcomes.forEach((direction, outcome) -> out.print(line(direction, outcome)));
        }

        private static String line(Direction direction, Outcome outcome) {
            Total total = total(outcome.report().summary());
            String rate = total == null ? "nothing was measured" : rate(total.bitsPerSecond());
            return String.format(Locale.ROOT, "Loopback %-5s%s  (%s)", name(direction), rate, way(direction));
        }

        private static String rate(double bitsPerSecond) {
            return bitsPerSecond < BITS_PER_GBIT
                    ? String.format(Locale.ROOT, "%6.2f Mbit/s", bitsPerSecond / BITS_PER_MBIT)
                    : String.format(Locale.ROOT, "%6.2f Gbit/s", bitsPerSecond / BITS_PER_GBIT);
        }

        /// What arrived, or what left where the other end has not told.
        private static @Nullable Total total(@Nullable Summary summary) {
            if (summary == null || summary.directions().isEmpty()) {
                return null;
            }
            Summary.OfDirection only = summary.directions().getFirst();
            return only.received() == null ? only.sent() : only.received();
        }

        private static String way(Direction direction) {
            return direction == Direction.REVERSE ? "server to client" : "client to server";
        }
    }

    /// One object that holds the document of each test, by its name.
    final class Json implements LoopbackReport {
        private final Lines out;
        private final Map<Direction, StringBuilder> documents = new EnumMap<>(Direction.class);

        Json(Lines out) {
            this.out = out;
        }

        @Override
        public Lines begin(Direction direction) {
            var document = new StringBuilder();
            documents.put(direction, document);
            return document::append;
        }

        @Override
        public void finish(Map<Direction, Outcome> outcomes) {
            var members = new StringJoiner(",\n", "{\n", "\n}");
            documents.forEach((direction, document) -> members.add(
                    "\t\"" + name(direction) + "\":\t" + document.toString().replace("\n", "\n\t")));
            out.print(members.toString());
        }
    }
}
