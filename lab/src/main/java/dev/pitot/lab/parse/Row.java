package dev.pitot.lab.parse;

import org.jspecify.annotations.Nullable;

/// One row of figures.
///
/// @param kind what the row covers
/// @param series whose figures they are
/// @param startSeconds since the test began
/// @param endSeconds since the test began
/// @param amounts what was moved
/// @param details what only some programs and protocols tell
public record Row(Kind kind, Series series, double startSeconds, double endSeconds, Amounts amounts, Details details) {
    /// What a row covers.
    public enum Kind {
        /// One interval of reporting.
        INTERVAL,
        /// One interval of the warm-up, which no total counts (`-O`).
        OMITTED,
        /// The whole test.
        TOTAL
    }

    /// Whose figures a row has.
    ///
    /// @param stream the number that the program gives it; null for the sum of all
    /// @param isSender whether it is the sending end's count; null where the program does not say
    /// @param isOwn whether the program counted it itself; false for the other end's count,
    /// which it was told at the end of the test. Only so can the totals of `--bidir` be told
    /// apart: two senders' and two receivers' counts
    public record Series(@Nullable Integer stream, @Nullable Boolean isSender, boolean isOwn) {
        /// The program's own figures.
        public Series(@Nullable Integer stream, @Nullable Boolean isSender) {
            this(stream, isSender, true);
        }
    }

    /// What was moved.
    ///
    /// @param bytes in bytes
    /// @param bitsPerSecond in bits per second, as the program printed it
    public record Amounts(RoundedValue bytes, RoundedValue bitsPerSecond) {}

    /// What only some programs and protocols tell; null is not told.
    ///
    /// @param retransmits of TCP segments, in this row's time
    /// @param datagrams expected or sent
    /// @param lost datagrams
    /// @param outOfOrder datagrams
    /// @param jitterMillis RFC 1889's estimate
    /// @param roundTrips of the whole direction; only in totals of Pitot
    public record Details(
            @Nullable Long retransmits,
            @Nullable Long datagrams,
            @Nullable Long lost,
            @Nullable Long outOfOrder,
            @Nullable Double jitterMillis,
            @Nullable RoundTrips roundTrips) {
        /// Nothing is told.
        public static final Details NONE = new Details(null, null, null, null, null);

        /// Figures without round trips.
        public Details(
                @Nullable Long retransmits,
                @Nullable Long datagrams,
                @Nullable Long lost,
                @Nullable Long outOfOrder,
                @Nullable Double jitterMillis) {
            this(retransmits, datagrams, lost, outOfOrder, jitterMillis, null);
        }

        Details with(@Nullable RoundTrips all) {
            return new Details(retransmits, datagrams, lost, outOfOrder, jitterMillis, all);
        }

        /// A count as it is printed; null below 0: a datagram that came twice may make the lost ones
        /// fewer than none.
        static @Nullable Long count(String text) {
            return text.startsWith("-") ? null : Long.valueOf(text);
        }
    }

    /// Round trips idle and while one direction was loaded; null is not told.
    ///
    /// @param idleMillis lowest without load
    /// @param loadedP95Millis 95th percentile under load; null where there were too few samples
    /// @param grade of the rise, such as `A+`
    public record RoundTrips(
            @Nullable Double idleMillis,
            @Nullable Double loadedP95Millis,
            @Nullable String grade) {}
}
