package dev.pitot.lab.monitor;

import dev.pitot.lab.probe.DurationText;
import dev.pitot.lab.probe.Poller;
import dev.pitot.lab.probe.Probe;
import dev.pitot.lab.process.Clocks;
import dev.pitot.lab.process.CommandTarget;
import dev.pitot.lab.remote.ConnectionException;
import java.time.Duration;

/// Readings at an interval.
///
/// @param parser understands them
/// @param interval between two
/// @param silence after which the node counts as lost
record PollingSource(
        CommandTarget station, Probe question, MetricParser parser, Duration interval, Duration silence, Clocks clocks)
        implements MonitorSource {

    @Override
    public String read(MonitorLog log) throws ConnectionException, InterruptedException {
        parser.forget();
        try (Poller readings = Poller.open(station, question, interval, clocks)) {
            while (true) {
                switch (readings.next(silence)) {
                    case null -> {
                        return station.name() + " said nothing for " + DurationText.text(silence) + ".";
                    }
                    case Poller.Lost(String reason) -> {
                        return reason;
                    }
                    case Poller.Block block -> parser.onBlock(block, log);
                }
            }
        }
    }

    @Override
    public void close() {
        parser.close();
    }
}
