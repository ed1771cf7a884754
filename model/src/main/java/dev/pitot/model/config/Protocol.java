package dev.pitot.model.config;

/// What carries the data streams. The control connection is always TCP.
public enum Protocol {
    /// TCP (iperf's default).
    TCP("TCP"),
    /// TCP over several paths at once (RFC 8684, `-m`); reports call it TCP, as iperf's do.
    MULTIPATH_TCP("TCP"),
    /// UDP (`-u`).
    UDP("UDP"),
    /// SCTP (`--sctp`), where the kernel has it.
    SCTP("SCTP");

    private final String reportName;

    Protocol(String reportName) {
        this.reportName = reportName;
    }

    /// What iperf's reports call it.
    public String reportName() {
        return reportName;
    }

    /// Whether data travels as separate datagrams, of which some may get lost.
    public boolean isDatagram() {
        return this == UDP;
    }
}
