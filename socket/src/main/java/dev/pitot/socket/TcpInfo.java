package dev.pitot.socket;

import dev.pitot.model.result.TcpSample;

/// Linux TCP_INFO at one moment.
///
/// @param sample reported values; `retransmits` counts since the connection began
///     (tcpi_total_retrans)
/// @param bytesAcked tcpi_bytes_acked (RFC 4898 tcpEStatsAppHCThruOctetsAcked): counts a SYN and
///     a FIN as one byte each; −1 before Linux 4.1
/// @param bytesReceived tcpi_bytes_received (RFC 4898 tcpEStatsAppHCThruOctetsReceived): counts a
///     FIN as one byte; −1 before Linux 4.1
public record TcpInfo(TcpSample sample, long bytesAcked, long bytesReceived) {}
