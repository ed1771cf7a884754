package dev.pitot.lab.results;

/// How the parsed series of intervals is written.
///
/// @param columns of a line
/// @param maximum in bits per second: higher rates are absurd, and no figure counts them
public record SeriesFormat(Columns columns, double maximum) {
    /// Everything, and no rate is absurd.
    public static final SeriesFormat DETAILED = new SeriesFormat(Columns.DETAILED, Double.POSITIVE_INFINITY);

    /// apetools' two columns, and no rate is absurd.
    public static final SeriesFormat APETOOLS = new SeriesFormat(Columns.APETOOLS, Double.POSITIVE_INFINITY);

    /// What a line has.
    public enum Columns {
        /// Everything:
        /// `time,start,end,stream,sender,bytes,bits_per_second,retransmits,datagrams,lost,`
        /// `out_of_order,jitter_ms,exact,note`, a line for each stream and for the sum of several.
        /// A sum without figures is noted as a `gap`: a stream is missing. An `absurd` rate is too
        /// high to be true.
        DETAILED,
        /// `timestamp,Mbits`: the sum of the streams, or the one stream; empty for a gap and for an
        /// absurd rate.
        APETOOLS
    }
}
