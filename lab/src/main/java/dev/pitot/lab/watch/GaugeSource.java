package dev.pitot.lab.watch;

import dev.pitot.lab.connection.ConnectionException;
import java.time.Duration;

/// Readings at an interval.
///
/// @param gauge understands them
/// @param interval between two
/// @param silence after which the node counts as lost
record GaugeSource(Station station, Question question, Gauge gauge, Duration interval, Duration silence, Clocks clocks)
        implements Source {

    @Override
    public String read(Sheet sheet) throws ConnectionException, InterruptedException {
        gauge.forget();
        try (Readings readings = Readings.open(station, question, interval, clocks)) {
            while (true) {
                switch (readings.next(silence)) {
                    case null -> {
                        return station.name() + " said nothing for " + Durations.text(silence) + ".";
                    }
                    case Readings.Lost(String reason) -> {
                        return reason;
                    }
                    case Readings.Block block -> gauge.onBlock(block, sheet);
                }
            }
        }
    }

    @Override
    public void close() {
        gauge.close();
    }
}
