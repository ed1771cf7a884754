package dev.pitot.engine.interval;

import dev.pitot.model.result.Summary;
import dev.pitot.model.result.TcpSample;
import org.jspecify.annotations.Nullable;

/// Minimum, maximum and mean of kernel statistics over the samples taken at interval ends, warm-up
/// included, as in iperf.
final class TcpExtremesCollector {
    private long samples;
    private long maxCongestionBytes;
    private long maxPeerBytes;
    private long maxMicros;
    private long minMicros;
    private long sumMicros;
    private long reorderSeen;

    void add(TcpSample sample) {
        samples++;
        maxCongestionBytes = Math.max(maxCongestionBytes, sample.window().congestionBytes());
        maxPeerBytes = Math.max(maxPeerBytes, sample.window().peerBytes());
        long micros = sample.roundTrip().smoothedMicros();
        maxMicros = Math.max(maxMicros, micros);
        if (micros > 0 && (minMicros == 0 || micros < minMicros)) {
            minMicros = micros; // iperf ignores samples of 0: no round trip has been measured yet
        }
        sumMicros += micros;
        reorderSeen = sample.reorderSeen();
    }

    Summary.@Nullable TcpExtremes summary() {
        return samples == 0
                ? null
                : new Summary.TcpExtremes(
                        maxCongestionBytes,
                        maxPeerBytes,
                        new Summary.RoundTrips(maxMicros, minMicros, sumMicros / samples),
                        reorderSeen);
    }
}
