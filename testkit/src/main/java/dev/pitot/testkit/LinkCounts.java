package dev.pitot.testkit;

import java.util.List;

/// Counters of a [LossyLink] for the datagrams of all streams so far.
///
/// @param streams streams, in the order in which they first appeared
public record LinkCounts(List<OfStream> streams) {
    public LinkCounts {
        streams = List.copyOf(streams);
    }

    /// Counters from clients to the server, all streams together.
    public StreamLinkCounts up() {
        return streams.stream().map(OfStream::up).reduce(StreamLinkCounts.NOTHING, StreamLinkCounts::plus);
    }

    /// Counters from the server to clients, all streams together.
    public StreamLinkCounts down() {
        return streams.stream().map(OfStream::down).reduce(StreamLinkCounts.NOTHING, StreamLinkCounts::plus);
    }

    /// Counters of one stream, identified by a client's address.
    ///
    /// @param clientPort source port of the client
    /// @param up from the client to the server
    /// @param down from the server to the client
    public record OfStream(int clientPort, StreamLinkCounts up, StreamLinkCounts down) {}
}
