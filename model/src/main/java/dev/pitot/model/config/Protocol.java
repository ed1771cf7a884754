package dev.pitot.model.config;

/// Transport protocol of the data streams. The control connection is always TCP.
public enum Protocol {
    /// TCP (iperf's default).
    TCP("TCP"),
    /// Multipath TCP (RFC 8684, `-m`); reported as TCP, as by iperf.
    MULTIPATH_TCP("TCP"),
    /// UDP (`-u`).
    UDP("UDP"),
    /// SCTP (`--sctp`), where the kernel has it.
    SCTP("SCTP");

    private final String reportName;

    Protocol(String reportName) {
        this.reportName = reportName;
    }

    /// Name in iperf's reports.
    public String reportName() {
        return reportName;
    }

    /// True if data is sent in separate datagrams, some of which may be lost.
    public boolean isDatagram() {
        return this == UDP;
    }
}
