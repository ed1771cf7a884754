package dev.pitot.lab.store;

/// How the parsed series of intervals is written.
public enum SeriesForm {
    /// Everything:
    /// `time,start,end,stream,sender,bytes,bits_per_second,retransmits,datagrams,lost,`
    /// `out_of_order,jitter_ms,exact`, a line for each stream and for their sum.
    DETAILED,
    /// apetools' two columns, `timestamp,Mbits`: the sum of the streams, or the one stream.
    APETOOLS
}
