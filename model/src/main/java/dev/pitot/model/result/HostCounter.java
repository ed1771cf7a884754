package dev.pitot.model.result;

/// Counters of a host's kernel, over all its sockets and interfaces. Linux only; each grows while the host
/// runs. In a network namespace they are those of the namespace.
public enum HostCounter {
    /// Datagrams dropped because a socket's receive buffer was full (/proc/net/snmp: Udp RcvbufErrors, and
    /// Udp6 of /proc/net/snmp6).
    UDP_RECEIVE_BUFFER_ERRORS("udp_rcvbuf_errors"),
    /// Datagrams dropped because a socket's send buffer was full (Udp SndbufErrors).
    UDP_SEND_BUFFER_ERRORS("udp_sndbuf_errors"),
    /// Packets dropped because a processor's input queue was full (/proc/net/softnet_stat, second column);
    /// of the whole machine, not of the namespace.
    SOFTNET_DROPPED("softnet_dropped"),
    /// Times that a processor stopped taking packets because its time was up (/proc/net/softnet_stat, third
    /// column); of the whole machine.
    SOFTNET_SQUEEZED("softnet_squeezed"),
    /// Packets that interfaces dropped when they came in (/proc/net/dev, receive drop).
    INTERFACE_RECEIVE_DROPS("interface_rx_dropped"),
    /// Packets that interfaces dropped when they went out (/proc/net/dev, transmit drop).
    INTERFACE_SEND_DROPS("interface_tx_dropped"),
    /// Segments merged because a receive buffer was short (/proc/net/netstat: TcpExt TCPRcvCollapsed).
    TCP_RECEIVE_COLLAPSED("tcp_rcv_collapsed"),
    /// Times that a receive buffer was pruned because it was too full (TcpExt PruneCalled).
    TCP_PRUNE_CALLED("tcp_prune_called"),
    /// Packets dropped from a receive queue for want of memory (TcpExt RcvPruned).
    TCP_RECEIVE_PRUNED("tcp_rcv_pruned");

    private final String key;

    HostCounter(String key) {
        this.key = key;
    }

    /// Returns the name in JSON.
    public String key() {
        return key;
    }
}
