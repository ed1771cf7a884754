package dev.pitot.model.sample;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What series call the ways in which tests end: a closed set, so that no peer can make series at
/// will.
public final class EndingWord {
    /// Refusals that a server decides on.
    private static final Set<IperfError> REFUSALS =
            EnumSet.of(IperfError.AUTHORIZATION, IperfError.TOTAL_RATE, IperfError.MAX_DURATION);

    private EndingWord() {}

    /// Every word that [#of] may return, so that a counter of each can exist before the first test ends.
    public static List<String> all() {
        return List.of("completed", "cancelled", "peer_terminated", "peer_gone", "busy", "refused", "failed");
    }

    /// One of [#all()].
    ///
    /// @param hasBegun whether data flowed; what a server turns away before is refused
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
