package dev.pitot.model.metric;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Metric label values for the outcome of a test: a closed set, so that peers cannot create
/// arbitrary series.
public final class OutcomeLabel {
    /// Errors with which a server refuses a test.
    private static final Set<IperfError> REFUSALS =
            EnumSet.of(IperfError.AUTHORIZATION, IperfError.TOTAL_RATE, IperfError.MAX_DURATION);

    private OutcomeLabel() {}

    /// Returns all values of [#of], so that a counter for each can exist before the first test
    /// ends.
    public static List<String> all() {
        return List.of("completed", "cancelled", "peer_terminated", "peer_gone", "busy", "refused", "failed");
    }

    /// Returns one of [#all()].
    ///
    /// @param hasBegun whether data was transferred; a failure before that counts as refused if the
    ///     server or the peer decided it
    public static String of(Ending ending, boolean hasBegun) {
        return switch (ending) {
            case Ending.Completed _ -> "completed";
            case Ending.Cancelled _ -> "cancelled";
            case Ending.PeerTerminated _ -> "peer_terminated";
            case Ending.PeerGone _ -> "peer_gone";
            case Ending.Busy _ -> "busy";
            case Ending.Failed(IperfError error, String _, boolean byPeer) ->
                !hasBegun && (byPeer || REFUSALS.contains(error)) ? "refused" : "failed";
        };
    }
}
