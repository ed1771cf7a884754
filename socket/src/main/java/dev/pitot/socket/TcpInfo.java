package dev.pitot.socket;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;

/// Linux TCP_INFO at one moment.
///
/// @param sample reported values; `retransmits` counts since the connection began
///     (tcpi_total_retrans)
/// @param fields all values that the kernel reported
public record TcpInfo(TcpSample sample, KernelValues<TcpField> fields) {}
