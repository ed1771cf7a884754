package dev.pitot.model.config;

import dev.pitot.model.unit.Bitrate;

/// Whether the kernels of both ends segment and coalesce many UDP datagrams per call (UDP_SEGMENT, UDP_GRO:
/// udp(7)). It costs a fraction of one call per datagram; the datagrams of one call leave at once.
public enum Offload {
    /// Where it does not spoil the pacing: without a rate limit, or with one of at least
    /// [#AUTOMATIC_RATE] per stream.
    AUTOMATIC,
    /// At any rate (`--gsro`).
    ON,
    /// One datagram per call (`--no-gsro`, and iperf3 without `--gsro`).
    OFF;

    /// Rate at which the longest train, 65,507 bytes of UDP payload, is a millisecond of the stream.
    public static final Bitrate AUTOMATIC_RATE = new Bitrate(65_507L * 8 * 1000);

    /// Returns whether a stream of this pacing uses it, if its sockets can.
    public boolean isOnAt(Pacing pacing) {
        return switch (this) {
            case AUTOMATIC -> pacing.isAtLeast(AUTOMATIC_RATE);
            case ON -> true;
            case OFF -> false;
        };
    }
}
