package dev.pitot.testkit;

import java.util.List;

/// A test from the side of a scripted iperf3.
///
/// @param parameters as the client sent them
/// @param sent by this end, in bytes
/// @param received by this end, in bytes as it counts them: whole blocks, and what was left when a
///     stream ended during the test
/// @param written what each receiving stream would have put into a file
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
