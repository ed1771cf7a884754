package dev.pitot.model.result;

import java.util.Locale;

/// Fields of Linux TCP_INFO (linux/tcp.h: struct tcp_info), in the order of that structure. Which of them
/// exist depends on the kernel: the number of bytes that it returns shows what it has.
///
/// Two fields of the structure are left out because no kernel since 4.15 fills them: tcpi_last_ack_sent
/// and tcpi_fackets. Two more (tcpi_accecn_fail_mode, tcpi_accecn_opt_seen) are left out because their place
/// differs between kernels.
public enum TcpField {
    /// State of the connection, as in tcp_states.h (1 is ESTABLISHED). Since Linux 2.6.
    STATE(Kind.CODE, Unit.CODE, 8, "2.6", "state of the connection, as in tcp_states.h (1 is ESTABLISHED)"),
    /// State of congestion control: 0 open, 1 disorder, 2 reduced window, 3 recovery, 4 loss. Since Linux
    /// 2.6.
    CA_STATE(
            Kind.CODE,
            Unit.CODE,
            8,
            "2.6",
            "state of congestion control: 0 open, 1 disorder, 2 reduced window, 3 recovery, 4 loss"),
    /// Retransmission timeouts in a row that no acknowledgement has ended. Since Linux 2.6.
    RETRANSMITS(
            Kind.AMOUNT, Unit.EVENTS, 8, "2.6", "retransmission timeouts in a row that no acknowledgement has ended"),
    /// Probes of a closed window, or of an idle connection, without an answer. Since Linux 2.6.
    PROBES(
            Kind.AMOUNT,
            Unit.EVENTS,
            8,
            "2.6",
            "probes of a closed window, or of an idle connection, without an answer"),
    /// Doublings of the retransmission timeout. Since Linux 2.6.
    BACKOFF(Kind.LEVEL, Unit.EVENTS, 8, "2.6", "doublings of the retransmission timeout"),
    /// Options of the connection, one bit each: 1 timestamps, 2 SACK, 4 window scale, 8 ECN, 16 ECN seen,
    /// 32 data in the SYN, 64 timestamps in microseconds, 128 opened by Fast Open. Since Linux 2.6.
    OPTIONS(
            Kind.CODE,
            Unit.BITS,
            8,
            "2.6",
            "options of the connection, one bit each: 1 timestamps, 2 SACK, 4 window scale, 8 ECN, 16 "
                    + "ECN seen, 32 data in the SYN, 64 timestamps in microseconds, 128 opened by Fast Open"),
    /// Window scale of the peer: its windows are shifted left by this. Absent without window scaling. Since
    /// Linux 2.6.
    SND_WSCALE(Kind.CODE, Unit.BITS, 4, "2.6", "window scale of the peer: its windows are shifted left by this"),
    /// Window scale of this end: its windows are shifted left by this. Absent without window scaling. Since
    /// Linux 2.6.
    RCV_WSCALE(Kind.CODE, Unit.BITS, 4, "2.6", "window scale of this end: its windows are shifted left by this"),
    /// 1 if the delivery rate was limited by a sender that had nothing to send. Absent, like the rate
    /// itself, until there is a sample. Since Linux 4.9.
    DELIVERY_RATE_APP_LIMITED(
            Kind.CODE, Unit.FLAG, 1, "4.9", "1 if the delivery rate was limited by a sender that had nothing to send"),
    /// Reason why Fast Open failed: 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted. Absent if it
    /// did not fail or was not used, which the kernel does not tell apart from not knowing. Since Linux
    /// 5.5.
    FASTOPEN_CLIENT_FAIL(
            Kind.CODE,
            Unit.CODE,
            2,
            "5.5",
            "reason why Fast Open failed: 1 no cookie, 2 data not acknowledged, 3 SYN retransmitted"),
    /// Retransmission timeout. Since Linux 2.6.
    RTO(Kind.LEVEL, Unit.MICROSECONDS, 32, "2.6", "retransmission timeout"),
    /// Delay of acknowledgements, as estimated by this end. Since Linux 2.6.
    ATO(Kind.LEVEL, Unit.MICROSECONDS, 32, "2.6", "delay of acknowledgements, as estimated by this end"),
    /// Payload of a full segment sent, without options. Since Linux 2.6.
    SND_MSS(Kind.LEVEL, Unit.BYTES, 32, "2.6", "payload of a full segment sent, without options"),
    /// Payload of a full segment received, as estimated by this end. Aggregation by the network card makes
    /// it larger than a packet. Since Linux 2.6.
    RCV_MSS(Kind.LEVEL, Unit.BYTES, 32, "2.6", "payload of a full segment received, as estimated by this end"),
    /// Segments sent and not acknowledged yet. Since Linux 2.6.
    UNACKED(Kind.AMOUNT, Unit.SEGMENTS, 32, "2.6", "segments sent and not acknowledged yet"),
    /// Unacknowledged segments that the peer has reported as received (SACK). Since Linux 2.6.
    SACKED(
            Kind.AMOUNT,
            Unit.SEGMENTS,
            32,
            "2.6",
            "unacknowledged segments that the peer has reported as received (SACK)"),
    /// Unacknowledged segments that count as lost. A state, not a count of losses: [#BYTES_RETRANS] and
    /// [#TOTAL_RETRANS] count. Since Linux 2.6.
    LOST(Kind.AMOUNT, Unit.SEGMENTS, 32, "2.6", "unacknowledged segments that count as lost"),
    /// Unacknowledged segments that were retransmitted. Since Linux 2.6.
    RETRANS(Kind.AMOUNT, Unit.SEGMENTS, 32, "2.6", "unacknowledged segments that were retransmitted"),
    /// Time since data was sent. Since the connection began if there was none. Since Linux 2.6.
    LAST_DATA_SENT(Kind.LEVEL, Unit.MILLISECONDS, 32, "2.6", "time since data was sent"),
    /// Time since data was received. Since the connection began if there was none. Since Linux 2.6.
    LAST_DATA_RECV(Kind.LEVEL, Unit.MILLISECONDS, 32, "2.6", "time since data was received"),
    /// Time since an acknowledgement was received. Since Linux 2.6.
    LAST_ACK_RECV(Kind.LEVEL, Unit.MILLISECONDS, 32, "2.6", "time since an acknowledgement was received"),
    /// Path MTU. Since Linux 2.6.
    PMTU(Kind.LEVEL, Unit.BYTES, 32, "2.6", "path MTU"),
    /// Limit of the window that this end advertises. Since Linux 2.6.
    RCV_SSTHRESH(Kind.LEVEL, Unit.BYTES, 32, "2.6", "limit of the window that this end advertises"),
    /// Smoothed round-trip time. Absent until one was measured, which is soon after the handshake. Since
    /// Linux 2.6.
    RTT(Kind.LEVEL, Unit.MICROSECONDS, 32, "2.6", "smoothed round-trip time"),
    /// Variation of the round-trip time, used for the timeout. Absent until [#RTT] is there: before that
    /// the kernel holds a default of 250 ms. Since Linux 2.6.
    RTTVAR(Kind.LEVEL, Unit.MICROSECONDS, 32, "2.6", "variation of the round-trip time, used for the timeout"),
    /// Congestion window at which slow start ends. Absent while it is unlimited (0x7fffffff): no loss has
    /// been seen yet. Since Linux 2.6.
    SND_SSTHRESH(Kind.LEVEL, Unit.SEGMENTS, 32, "2.6", "congestion window at which slow start ends"),
    /// Congestion window. In segments, as in the kernel; iperf's `snd_cwnd` is this times [#SND_MSS]. Since
    /// Linux 2.6.
    SND_CWND(Kind.LEVEL, Unit.SEGMENTS, 32, "2.6", "congestion window"),
    /// Maximum segment size that this end advertised. Since Linux 2.6.
    ADVMSS(Kind.LEVEL, Unit.BYTES, 32, "2.6", "maximum segment size that this end advertised"),
    /// Distance in segments that counts as reordering, not loss. Since Linux 2.6.
    REORDERING(Kind.LEVEL, Unit.SEGMENTS, 32, "2.6", "distance in segments that counts as reordering, not loss"),
    /// Round-trip time as a receiver estimates it. Absent until there is an estimate. One window of data
    /// takes at least this long, so a slow sender makes it longer than the path. Since Linux 2.6.
    RCV_RTT(Kind.LEVEL, Unit.MICROSECONDS, 32, "2.6", "round-trip time as a receiver estimates it"),
    /// Receive buffer space that the reading program needs per round trip. Since Linux 2.6.
    RCV_SPACE(Kind.LEVEL, Unit.BYTES, 32, "2.6", "receive buffer space that the reading program needs per round trip"),
    /// Segments retransmitted. Since Linux 2.6.
    TOTAL_RETRANS(Kind.COUNTER, Unit.SEGMENTS, 32, "2.6", "segments retransmitted"),
    /// Rate at which the kernel would send now. Absent if it is unlimited. Without pacing (fq, BBR) it only
    /// sizes bursts. Since Linux 3.15.
    PACING_RATE(Kind.AMOUNT, Unit.BYTES_PER_SECOND, 64, "3.15", "rate at which the kernel would send now"),
    /// Limit of the pacing rate, set by an option of the socket. Absent if there is none: unlimited is not
    /// a rate. Since Linux 3.15.
    MAX_PACING_RATE(
            Kind.AMOUNT, Unit.BYTES_PER_SECOND, 64, "3.15", "limit of the pacing rate, set by an option of the socket"),
    /// Bytes that the peer has acknowledged. A SYN and a FIN count as one byte each (RFC 4898
    /// tcpEStatsAppHCThruOctetsAcked). Since Linux 4.1.
    BYTES_ACKED(Kind.COUNTER, Unit.BYTES, 64, "4.1", "bytes that the peer has acknowledged"),
    /// Bytes received in order. A FIN counts as one byte (RFC 4898 tcpEStatsAppHCThruOctetsReceived). Since
    /// Linux 4.1.
    BYTES_RECEIVED(Kind.COUNTER, Unit.BYTES, 64, "4.1", "bytes received in order"),
    /// Segments sent, including pure acknowledgements. Since Linux 4.2.
    SEGS_OUT(Kind.COUNTER, Unit.SEGMENTS, 32, "4.2", "segments sent, including pure acknowledgements"),
    /// Segments received, including pure acknowledgements. Since Linux 4.2.
    SEGS_IN(Kind.COUNTER, Unit.SEGMENTS, 32, "4.2", "segments received, including pure acknowledgements"),
    /// Bytes in the send buffer that were not sent yet. Since Linux 4.6.
    NOTSENT_BYTES(Kind.AMOUNT, Unit.BYTES, 32, "4.6", "bytes in the send buffer that were not sent yet"),
    /// Lowest round-trip time within the last 300 s. Absent until one was measured. The time is
    /// net.ipv4.tcp_min_rtt_wlen. Since Linux 4.6.
    MIN_RTT(Kind.MINIMUM, Unit.MICROSECONDS, 32, "4.6", "lowest round-trip time within the last 300 s"),
    /// Segments with data received. Since Linux 4.6.
    DATA_SEGS_IN(Kind.COUNTER, Unit.SEGMENTS, 32, "4.6", "segments with data received"),
    /// Segments with data sent. Since Linux 4.6.
    DATA_SEGS_OUT(Kind.COUNTER, Unit.SEGMENTS, 32, "4.6", "segments with data sent"),
    /// Rate at which the peer received data, by the kernel's last good sample. Absent until there is a
    /// sample. The sample may be older than the interval; if [#DELIVERY_RATE_APP_LIMITED] is 1, the path
    /// may be faster. Since Linux 4.9.
    DELIVERY_RATE(
            Kind.AMOUNT,
            Unit.BYTES_PER_SECOND,
            64,
            "4.9",
            "rate at which the peer received data, by the kernel's last good sample"),
    /// Time with data queued or unacknowledged. Kept in ticks of the kernel's clock (1 to 10 ms), so small
    /// intervals show steps. Since Linux 4.10.
    BUSY_TIME(Kind.COUNTER, Unit.MICROSECONDS, 64, "4.10", "time with data queued or unacknowledged"),
    /// Part of the busy time in which the receiver's window was full. In ticks, as [#BUSY_TIME]. Since
    /// Linux 4.10.
    RWND_LIMITED(
            Kind.COUNTER,
            Unit.MICROSECONDS,
            64,
            "4.10",
            "part of the busy time in which the receiver's window was full"),
    /// Part of the busy time in which the send buffer was too small. In ticks, as [#BUSY_TIME]. Since Linux
    /// 4.10.
    SNDBUF_LIMITED(
            Kind.COUNTER,
            Unit.MICROSECONDS,
            64,
            "4.10",
            "part of the busy time in which the send buffer was too small"),
    /// Segments with data delivered to the peer, including retransmissions. The SYN counts as one. Since
    /// Linux 4.18.
    DELIVERED(
            Kind.COUNTER,
            Unit.SEGMENTS,
            32,
            "4.18",
            "segments with data delivered to the peer, including retransmissions"),
    /// Delivered segments that the peer reported as marked by ECN. Always 0 unless ECN was negotiated, see
    /// [#OPTIONS]. Since Linux 4.18.
    DELIVERED_CE(Kind.COUNTER, Unit.SEGMENTS, 32, "4.18", "delivered segments that the peer reported as marked by ECN"),
    /// Payload sent, including retransmissions. Since Linux 4.19.
    BYTES_SENT(Kind.COUNTER, Unit.BYTES, 64, "4.19", "payload sent, including retransmissions"),
    /// Payload retransmitted. Since Linux 4.19.
    BYTES_RETRANS(Kind.COUNTER, Unit.BYTES, 64, "4.19", "payload retransmitted"),
    /// Segments that the peer reported as received twice (DSACK). A retransmission that was not needed.
    /// Since Linux 4.19.
    DSACK_DUPS(Kind.COUNTER, Unit.SEGMENTS, 32, "4.19", "segments that the peer reported as received twice (DSACK)"),
    /// Reordering events, as seen by the sender. Since Linux 4.19.
    REORD_SEEN(Kind.COUNTER, Unit.EVENTS, 32, "4.19", "reordering events, as seen by the sender"),
    /// Segments received out of order. After a loss every segment until the retransmission is one:
    /// reordering and loss look the same here. Since Linux 5.4.
    RCV_OOOPACK(Kind.COUNTER, Unit.SEGMENTS, 32, "5.4", "segments received out of order"),
    /// Window advertised by the peer. 0 is a closed window. Since Linux 5.4.
    SND_WND(Kind.LEVEL, Unit.BYTES, 32, "5.4", "window advertised by the peer"),
    /// Window advertised by this end. Since Linux 6.2.
    RCV_WND(Kind.LEVEL, Unit.BYTES, 32, "6.2", "window advertised by this end"),
    /// Changes of the flow's hash after timeouts, which may change its path. Since Linux 6.2.
    REHASH(
            Kind.COUNTER,
            Unit.EVENTS,
            32,
            "6.2",
            "changes of the flow's hash after timeouts, which may change its path"),
    /// Retransmission timeouts. Since Linux 6.7.
    TOTAL_RTO(Kind.COUNTER, Unit.EVENTS, 16, "6.7", "retransmission timeouts"),
    /// Recoveries from retransmission timeouts, unfinished ones included. Since Linux 6.7.
    TOTAL_RTO_RECOVERIES(
            Kind.COUNTER, Unit.EVENTS, 16, "6.7", "recoveries from retransmission timeouts, unfinished ones included"),
    /// Time spent in recovery from retransmission timeouts. Since Linux 6.7.
    TOTAL_RTO_TIME(Kind.COUNTER, Unit.MILLISECONDS, 32, "6.7", "time spent in recovery from retransmission timeouts"),
    /// Segments received with an ECN mark (CE). This and the six below are kept for connections with
    /// accurate ECN (RFC 9768). Since Linux 6.18.
    RECEIVED_CE(Kind.COUNTER, Unit.SEGMENTS, 32, "6.18", "segments received with an ECN mark (CE)"),
    /// Delivered bytes that the peer reported as ECT(1). Since Linux 6.18.
    DELIVERED_E1_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "delivered bytes that the peer reported as ECT(1)"),
    /// Delivered bytes that the peer reported as ECT(0). Since Linux 6.18.
    DELIVERED_E0_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "delivered bytes that the peer reported as ECT(0)"),
    /// Delivered bytes that the peer reported as marked (CE). Since Linux 6.18.
    DELIVERED_CE_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "delivered bytes that the peer reported as marked (CE)"),
    /// Received bytes with ECT(1). Since Linux 6.18.
    RECEIVED_E1_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "received bytes with ECT(1)"),
    /// Received bytes with ECT(0). Since Linux 6.18.
    RECEIVED_E0_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "received bytes with ECT(0)"),
    /// Received bytes with an ECN mark (CE). Since Linux 6.18.
    RECEIVED_CE_BYTES(Kind.COUNTER, Unit.BYTES, 32, "6.18", "received bytes with an ECN mark (CE)");

    /// Units of the values, as the kernel has them.
    public enum Unit {
        BYTES("bytes"),
        BYTES_PER_SECOND("bytes/s"),
        MICROSECONDS("µs"),
        MILLISECONDS("ms"),
        SEGMENTS("segments"),
        EVENTS("events"),
        /// Bits of a set, or a number of bits.
        BITS("bits"),
        /// Number that stands for a state or a reason.
        CODE("code"),
        /// 0 or 1.
        FLAG("0 or 1");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /// Returns the unit as it is printed.
        public String text() {
            return text;
        }
    }

    /// Kinds of values, which decide how the values of several streams are combined.
    public enum Kind {
        /// Grows while the connection lives. Of several streams: the sum.
        COUNTER,
        /// State that adds up over streams, such as bytes in flight.
        AMOUNT,
        /// State of which several streams have a mean, such as a round-trip time.
        LEVEL,
        /// State of which several streams have a minimum.
        MINIMUM,
        /// State that cannot be combined. Of several streams: the value if all have the same, else absent.
        CODE
    }

    private final Kind kind;
    private final Unit unit;
    private final int bits;
    private final String since;
    private final String meaning;

    TcpField(Kind kind, Unit unit, int bits, String since, String meaning) {
        this.kind = kind;
        this.unit = unit;
        this.bits = bits;
        this.since = since;
        this.meaning = meaning;
    }

    /// Returns the kernel's name of the field without `tcpi_`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the kind of value.
    public Kind kind() {
        return kind;
    }

    /// Returns the unit of the values.
    public Unit unit() {
        return unit;
    }

    /// Returns the number of bits that the field has in the kernel: a counter starts at 0 again after its
    /// largest value.
    public int bits() {
        return bits;
    }

    /// Returns the first Linux version that has the field, such as 4.19.
    public String since() {
        return since;
    }

    /// Returns the meaning in one phrase, without a full stop.
    public String meaning() {
        return meaning;
    }

    /// True if the value only grows while a connection lives.
    public boolean isCounter() {
        return kind == Kind.COUNTER;
    }

    /// Returns the bits of a counter, for [KernelValues#since]; 0 for other fields.
    public int counterBits() {
        return isCounter() ? bits : 0;
    }
}
