package dev.pitot.testkit;

import java.util.List;

/// What a [LossyLink] did to the datagrams of all streams so far.
///
/// @param streams in the order in which they first appeared
public record LinkCounts(List<OfStream> streams) {
    public LinkCounts {
        streams = List.copyOf(streams);
    }

    /// From clients to the server, all streams together.
    public LinkTally up() {
        return streams.stream().map(OfStream::up).reduce(LinkTally.NOTHING, LinkTally::plus);
    }

    /// From the server to clients, all streams together.
    public LinkTally down() {
        return streams.stream().map(OfStream::down).reduce(LinkTally.NOTHING, LinkTally::plus);
    }

    /// One stream, which is one address of a client.
    ///
    /// @param clientPort where the client sends from
    /// @param up from the client to the server
    /// @param down from the server to the client
    public record OfStream(int clientPort, LinkTally up, LinkTally down) {}
}
