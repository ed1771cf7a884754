package dev.pitot.testkit;

import dev.pitot.model.config.Direction;

/// TCP test requested by an iperf3 client, limited by bytes or blocks.
///
/// @param bytes bytes to transfer in each direction (`-n`), 0 if `blocks` limits the test
/// @param blocks blocks to transfer in each direction (`-k`), or 0
/// @param blockBytes length of a block (`-l`)
/// @param parallel number of streams in each direction (`-P`)
public record WholeBlockRequest(long bytes, long blocks, int blockBytes, int parallel, Direction direction) {
    /// Returns a test over one stream from the client.
    public static WholeBlockRequest ofBytes(long bytes, int blockBytes) {
        return new WholeBlockRequest(bytes, 0, blockBytes, 1, Direction.FORWARD);
    }

    /// Returns the same test over several streams.
    public WholeBlockRequest parallel(int streams) {
        return new WholeBlockRequest(bytes, blocks, blockBytes, streams, direction);
    }

    /// Returns the same test in another direction.
    public WholeBlockRequest direction(Direction other) {
        return new WholeBlockRequest(bytes, blocks, blockBytes, parallel, other);
    }

    /// Number of bytes that ends the test.
    public long limit() {
        return bytes > 0 ? bytes : blocks * blockBytes;
    }

    /// Total number of streams.
    int streams() {
        return parallel * direction.streamSets();
    }

    /// True if the client sends on a stream.
    ///
    /// @param index index in the order of connection
    boolean clientSends(int index) {
        return switch (direction) {
            case FORWARD -> true;
            case REVERSE -> false;
            case BIDIRECTIONAL -> index < parallel;
        };
    }

    /// Returns the client's parameters message.
    String parameters() {
        String way = switch (direction) {
            case FORWARD -> "";
            case REVERSE -> ",\"reverse\":true";
            case BIDIRECTIONAL -> ",\"bidirectional\":true";
        };
        return "{\"tcp\":true,\"omit\":0,\"time\":0,\"num\":" + bytes + ",\"blockcount\":" + blocks + ",\"parallel\":"
                + parallel + way + ",\"len\":" + blockBytes
                + ",\"pacing_timer\":1000,\"client_version\":\"3.21\"}";
    }
}
