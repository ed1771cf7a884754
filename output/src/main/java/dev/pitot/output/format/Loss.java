package dev.pitot.output.format;

/// Datagram loss for a report. Some counts come from the peer and are not trusted: the loss shown
/// is never negative and never above 100 %.
///
/// @param lost 0 or more
/// @param percent 0..100
public record Loss(long lost, double percent) {
    private static final double ALL = 100.0;

    /// Returns the loss for two counts.
    ///
    /// @param lost negative counts as 0
    /// @param packets number of datagrams sent; if it is 0 or less, the loss is 0 %
    public static Loss of(long lost, long packets) {
        long shown = Math.max(0, lost);
        return new Loss(shown, packets > 0 ? Math.min(ALL, ALL * shown / packets) : 0);
    }
}
