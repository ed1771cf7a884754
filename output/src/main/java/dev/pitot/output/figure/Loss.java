package dev.pitot.output.figure;

/// Lost datagrams as reports show them. Part of the figures comes from another machine, which may
/// say anything; what is shown is never negative, and never more than all.
///
/// @param lost 0 or more
/// @param percent 0..100
public record Loss(long lost, double percent) {
    private static final double ALL = 100.0;

    /// So many lost of so many.
    ///
    /// @param lost negative counts as 0
    /// @param packets of which they were lost; where there were none the loss is 0 %
    public static Loss of(long lost, long packets) {
        long shown = Math.max(0, lost);
        return new Loss(shown, packets > 0 ? Math.min(ALL, ALL * shown / packets) : 0);
    }
}
