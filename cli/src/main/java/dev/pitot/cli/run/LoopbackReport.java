package dev.pitot.cli.run;

import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.model.config.Direction;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyRise;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.Summary;
import dev.pitot.model.result.Total;
import dev.pitot.output.Lines;
import dev.pitot.output.text.UnitFormat;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// Combined report of the tests of a loopback run. Used by one thread, except for the lines of the
/// running test.
sealed interface LoopbackReport {
    double BITS_PER_GBIT = 1e9;
    double BITS_PER_MBIT = 1e6;
    double BITS_PER_BYTE = 8;
    double PERCENT = 100;
    double MICROS_PER_MILLI = 1000;

    /// Announces a test that is about to start.
    ///
    /// @return receiver of its lines
    Lines begin(Direction direction);

    /// Ends the report after all tests.
    void finish(Map<Direction, Outcome> outcomes);

    /// Common name of the direction, from the client's view.
    private static String name(Direction direction) {
        return direction == Direction.REVERSE ? "down" : "up";
    }

    /// Format of the rates at the end: the unit of `-f`, else Mbit/s or Gbit/s.
    static DoubleFunction<String> rate(Detail detail) {
        if (detail.unit() == Detail.ADAPTIVE_UNIT) {
            return LoopbackReport::adaptiveRate;
        }
        UnitFormat format = UnitFormat.ofLetter(detail.unit());
        return bitsPerSecond -> "  " + format.format(bitsPerSecond / BITS_PER_BYTE) + "/s";
    }

    private static String adaptiveRate(double bitsPerSecond) {
        return bitsPerSecond < BITS_PER_GBIT
                ? String.format(Locale.ROOT, "%6.2f Mbit/s", bitsPerSecond / BITS_PER_MBIT)
                : String.format(Locale.ROOT, "%6.2f Gbit/s", bitsPerSecond / BITS_PER_GBIT);
    }

    /// Live lines under a heading for each test, and a rate for each at the end; for UDP the loss too, and the
    /// grade of the latency where it was measured.
    ///
    /// @param rate formats bits per second
    record Text(Lines out, DoubleFunction<String> rate) implements LoopbackReport {
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

        private String line(Direction direction, Outcome outcome) {
            Summary.OfDirection measured = measured(outcome.report().summary());
            Total total = measured == null ? null : total(measured);
            String text = total == null || measured == null
                    ? "nothing was measured"
                    : rate.apply(total.bitsPerSecond())
                            + loss(measured)
                            + latency(outcome.report().summary());
            return String.format(Locale.ROOT, "Loopback %-5s%s  (%s)", name(direction), text, way(direction));
        }

        private static Summary.@Nullable OfDirection measured(@Nullable Summary summary) {
            return summary == null || summary.directions().isEmpty()
                    ? null
                    : summary.directions().getFirst();
        }

        /// Received bytes, or sent bytes if the other end has not reported.
        private static @Nullable Total total(Summary.OfDirection direction) {
            return direction.received() == null ? direction.sent() : direction.received();
        }

        /// Text about lost datagrams; empty for TCP and SCTP.
        private static String loss(Summary.OfDirection direction) {
            Total received = direction.received();
            Datagrams arrived = received == null ? null : received.datagrams();
            if (arrived == null) {
                return "";
            }
            Datagrams.Reception reception = arrived.reception();
            Long lost = reception == null ? null : reception.lost();
            if (lost == null) {
                return ", loss unknown";
            }
            long all = all(direction, arrived);
            double percent = all == 0 ? 0 : PERCENT * lost / all;
            return String.format(Locale.ROOT, ", %d of %d datagrams lost (%.2f %%)", lost, all, percent);
        }

        /// Text about the round trips of the test's one direction; empty if they were not measured.
        private static String latency(@Nullable Summary summary) {
            Latency latency = summary == null || summary.evidence() == null
                    ? null
                    : summary.evidence().latency();
            LatencyRise rise = latency == null || latency.directions().isEmpty()
                    ? null
                    : latency.rise(latency.directions().getFirst());
            return rise == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", latency grade %s (%+.2f ms under load)",
                            rise.grade().text(),
                            rise.micros() / MICROS_PER_MILLI);
        }

        private static long all(Summary.OfDirection direction, Datagrams arrived) {
            Total sent = direction.sent();
            return sent == null || sent.datagrams() == null
                    ? arrived.packets()
                    : sent.datagrams().packets();
        }

        private static String way(Direction direction) {
            return direction == Direction.REVERSE ? "server to client" : "client to server";
        }
    }

    /// One JSON object with the document of each test, by its name.
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
