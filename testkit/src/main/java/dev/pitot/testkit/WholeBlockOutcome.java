package dev.pitot.testkit;

import java.util.List;

/// Outcome of a test for a simulated iperf3.
///
/// @param parameters parameters sent by the client
/// @param sent bytes sent by this end
/// @param received bytes counted by this end: whole blocks, and the incomplete block of a stream
///     that ended during the test
/// @param written data that each receiving stream would have written to a file
/// @param peerResults the other end's results
public record WholeBlockOutcome(String parameters, long sent, long received, List<byte[]> written, String peerResults) {
    static WholeBlockOutcome of(String parameters, List<WholeBlockStream> streams, String peerResults) {
        return new WholeBlockOutcome(
                parameters,
                sum(streams, true),
                sum(streams, false),
                streams.stream()
                        .filter(stream -> !stream.sends())
                        .map(WholeBlockStream::written)
                        .toList(),
                peerResults);
    }

    private static long sum(List<WholeBlockStream> streams, boolean sent) {
        return streams.stream()
                .filter(stream -> stream.sends() == sent)
                .mapToLong(WholeBlockStream::counted)
                .sum();
    }
}
