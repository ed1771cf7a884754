package dev.pitot.testkit;

import dev.pitot.model.config.Direction;

/// A test by TCP as an iperf3 client asks for it, limited in bytes or blocks.
///
/// @param bytes to move in each direction (`-n`), 0 where `blocks` limits the test
/// @param blocks to move in each direction (`-k`), or 0
/// @param blockBytes the length of a block (`-l`)
/// @param parallel streams of each direction (`-P`)
public record WholeBlockRequest(long bytes, long blocks, int blockBytes, int parallel, Direction direction) {
    /// A test over one stream from the client.
    public static WholeBlockRequest ofBytes(long bytes, int blockBytes) {
        return new WholeBlockRequest(bytes, 0, blockBytes, 1, Direction.FORWARD);
    }

    /// The same test over so many streams.
    public WholeBlockRequest parallel(int streams) {
        return new WholeBlockRequest(bytes, blocks, blockBytes, streams, direction);
    }

    /// The same test in another direction.
    public WholeBlockRequest direction(Direction other) {
        return new WholeBlockRequest(bytes, blocks, blockBytes, parallel, other);
    }

    /// The bytes that end the test.
    public long limit() {
        return bytes > 0 ? bytes : blocks * blockBytes;
    }

    /// Streams in all.
    int streams() {
        return parallel * direction.streamSets();
    }

    /// Whether the client sends on a stream.
    ///
    /// @param index in the order of connection
    boolean clientSends(int index) {
        return switch (direction) {
            case FORWARD -> true;
            case REVERSE -> false;
            case BIDIRECTIONAL -> index < parallel;
        };
    }

    /// The client's parameters message.
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
