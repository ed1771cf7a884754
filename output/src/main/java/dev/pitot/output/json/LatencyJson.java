package dev.pitot.output.json;

import dev.pitot.model.result.DirectionLatency;
import dev.pitot.model.result.Latency;
import dev.pitot.model.result.LatencyRise;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TestRole;
import org.jspecify.annotations.Nullable;

/// The object `latency` in `end.pitot`: round-trip times in microseconds, idle and under load. A value that
/// is unknown has no key.
final class LatencyJson {
    private final CjsonWriter out;
    private final TestRole role;

    /// @param role role of this end
    LatencyJson(CjsonWriter out, TestRole role) {
        this.out = out;
        this.role = role;
    }

    void write(Latency latency) {
        out.beginObject();
        RoundTripStatistics floor = latency.floor();
        if (floor != null) {
            out.member("idle_us", floor.minMicros());
        }
        out.name("idle").beginArray();
        latency.idle().forEach(this::writeStatistics);
        out.endArray();
        out.name("directions").beginArray();
        latency.directions().forEach(direction -> writeDirection(direction, latency.rise(direction)));
        out.endArray();
        var echo = new EchoJson(out, this::writeStatistics);
        if (latency.echo() != null) {
            echo.write(latency.echo());
        }
        if (latency.target() != null) {
            echo.write(latency.target());
        }
        out.endObject();
    }

    private void writeDirection(DirectionLatency direction, @Nullable LatencyRise rise) {
        boolean isFromClient = (role == TestRole.CLIENT) == direction.role().isSender();
        out.beginObject()
                .member("direction", isFromClient ? "client_to_server" : "server_to_client")
                .member("sender", direction.role().isSender());
        out.name("loaded").beginArray();
        direction.loaded().forEach(this::writeStatistics);
        out.endArray();
        if (rise != null) {
            out.member("rise_us", rise.micros())
                    .member("rise_percentile", rise.percentile())
                    .member("buffer_delay_percent", rise.bufferDelayPercent())
                    .member("grade", rise.grade().text());
        }
        if (direction.unavailable() != null) {
            out.member("not_measurable", direction.unavailable());
        }
        out.endObject();
    }

    private void writeStatistics(RoundTripStatistics statistics) {
        RoundTripStatistics.Percentiles percentiles = statistics.percentiles();
        out.beginObject()
                .member("method", statistics.method().key())
                .member("samples", statistics.samples())
                .member("min_us", statistics.minMicros())
                .member("mean_us", statistics.meanMicros());
        writeIfKnown("p50_us", percentiles.p50());
        writeIfKnown("p95_us", percentiles.p95());
        writeIfKnown("p99_us", percentiles.p99());
        out.member("max_us", statistics.maxMicros()).endObject();
    }

    private void writeIfKnown(String name, @Nullable Double value) {
        if (value != null) {
            out.member(name, (double) value);
        }
    }
}
