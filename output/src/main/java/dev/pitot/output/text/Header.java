package dev.pitot.output.text;

/// Column headers and separators (iperf_locale.c: report_bw_header and its siblings).
final class Header {
    /// Line before a summary and between intervals of parallel streams.
    static final String SEPARATOR = "- - - - - - - - - - - - - - - - - - - - - - - - -";

    private static final String COLUMNS = " Interval           Transfer     Bitrate";

    private Header() {}

    static String plain(boolean bidirectional) {
        return ids(bidirectional) + COLUMNS;
    }

    /// Returns the header with the retransmit column, `Retr`.
    static String withRetransmits(boolean bidirectional) {
        return plain(bidirectional) + "         Retr";
    }

    static String withWindow(boolean bidirectional) {
        return withRetransmits(bidirectional) + "  Cwnd";
    }

    /// Header for the intervals of a UDP sender.
    static String withPackets() {
        return plain(false) + "         Total Datagrams";
    }

    /// Header for all other UDP lines.
    static String withLoss(boolean bidirectional) {
        return plain(bidirectional) + "         Jitter    Lost/Total Datagrams";
    }

    private static String ids(boolean bidirectional) {
        return bidirectional ? "[ ID][Role]" : "[ ID]";
    }
}
