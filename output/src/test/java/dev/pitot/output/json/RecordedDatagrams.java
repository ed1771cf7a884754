package dev.pitot.output.json;

import dev.pitot.model.result.Datagrams;
import org.jspecify.annotations.Nullable;

/// Parses datagram counters from an object of iperf's JSON.
final class RecordedDatagrams {
    private static final int MILLIS_PER_SECOND = 1000;

    private RecordedDatagrams() {}

    /// Returns the counters; null if the object has none.
    static @Nullable Datagrams of(JsonTree json) {
        if (!json.has("packets")) {
            return null;
        }
        return new Datagrams(json.integer("packets"), json.has("jitter_ms") ? reception(json) : null);
    }

    private static Datagrams.Reception reception(JsonTree json) {
        return new Datagrams.Reception(
                json.integer("lost_packets"),
                json.has("out_of_order") ? json.integer("out_of_order") : 0,
                json.has("duplicates") ? json.integer("duplicates") : 0,
                seconds(json.number("jitter_ms")));
    }

    /// Returns the seconds that give exactly these milliseconds when multiplied by 1000.
    private static double seconds(double millis) {
        double seconds = millis / MILLIS_PER_SECOND;
        for (double near : new double[] {seconds, Math.nextUp(seconds), Math.nextDown(seconds)}) {
            if (near * MILLIS_PER_SECOND == millis) {
                return near;
            }
        }
        throw new IllegalArgumentException("no seconds make " + millis + " ms");
    }
}
