package dev.pitot.probe.rpm;

/// Words for a number of round trips per minute, by the limits of revision 09 of the draft.
public enum RpmCategory {
    /// Below 300: a round trip takes more than 200 ms.
    POOR,
    /// From 300 to below 1000.
    FAIR,
    /// From 1000 (60 ms) to 6000 (10 ms).
    GOOD,
    /// Above 6000.
    EXCELLENT;

    private static final double FAIR_FROM = 300;
    private static final double GOOD_FROM = 1000;
    private static final double GOOD_TO = 6000;

    /// Returns the word for a number.
    ///
    /// @param rpm round trips per minute
    public static RpmCategory of(double rpm) {
        if (rpm < FAIR_FROM) {
            return POOR;
        }
        return rpm < GOOD_FROM ? FAIR : rpm <= GOOD_TO ? GOOD : EXCELLENT;
    }
}
