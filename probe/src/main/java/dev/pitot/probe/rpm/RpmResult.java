package dev.pitot.probe.rpm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Result of a measurement, also of one that ended early.
///
/// @param urls that were measured; null if it ended before they were known
/// @param idle the same terms before there was load; null if it ended before that
/// @param scores one per direction that was begun
/// @param brokenOff why it ended before its time, in one sentence; null if it did not, or was cancelled
/// @param isCancelled whether it was cancelled
public record RpmResult(
        @Nullable RpmUrls urls,
        @Nullable RpmTerms idle,
        List<RpmScore> scores,
        @Nullable String brokenOff,
        boolean isCancelled) {
    /// Revision of draft-ietf-ippm-responsiveness whose formula is used. Tools of revision 03 and before take the
    /// mean of times instead of the mean of rates, which gives other numbers for the same network.
    public static final String DRAFT = "draft-ietf-ippm-responsiveness-09";

    public RpmResult {
        scores = List.copyOf(scores);
    }
}
