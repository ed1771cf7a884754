package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TcpSample;
import dev.pitot.socket.TcpInfo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layout of struct tcp_info (linux/tcp.h). Kernels append fields and return the number of bytes
/// they wrote: fields beyond it are unknown to that kernel. A field that the kernel has but has not
/// measured, or that is unlimited, is absent too, see [#isKnown].
final class TcpInfoLayout {
    /// More than any kernel writes; Linux 6.18 writes 280.
    static final int MAX_BYTES = 512;

    private static final int WINDOW_SCALES = 6;
    private static final int FLAGS = 7;
    private static final int FIRST_KERNEL_BYTES = 104; // Linux 2.6: what every kernel has
    private static final int WINDOW_SCALING = 1 << 2; // TCPI_OPT_WSCALE
    private static final long NO_MIN_RTT = 0xFFFF_FFFFL; // net/ipv4/tcp.c: minmax_reset to ~0U
    private static final long NO_SSTHRESH = 0x7FFF_FFFFL; // net/tcp.h: TCP_INFINITE_SSTHRESH
    private static final long UNLIMITED = -1; // net/ipv4/tcp.c: ~0ULL

    /// Offsets in bytes, in the order of [TcpField]; a bit field has that of its byte. TcpInfoLayoutTest compares
    /// them with the header of the C library.
    private static final List<Integer> OFFSETS = List.of(
            0, // state
            1, // ca_state
            2, // retransmits
            3, // probes
            4, // backoff
            5, // options
            WINDOW_SCALES, // snd_wscale
            WINDOW_SCALES, // rcv_wscale
            FLAGS, // delivery_rate_app_limited
            FLAGS, // fastopen_client_fail
            8, // rto
            12, // ato
            16, // snd_mss
            20, // rcv_mss
            24, // unacked
            28, // sacked
            32, // lost
            36, // retrans
            44, // last_data_sent
            52, // last_data_recv
            56, // last_ack_recv
            60, // pmtu
            64, // rcv_ssthresh
            68, // rtt
            72, // rttvar
            76, // snd_ssthresh
            80, // snd_cwnd
            84, // advmss
            88, // reordering
            92, // rcv_rtt
            96, // rcv_space
            100, // total_retrans
            104, // pacing_rate
            112, // max_pacing_rate
            120, // bytes_acked
            128, // bytes_received
            136, // segs_out
            140, // segs_in
            144, // notsent_bytes
            148, // min_rtt
            152, // data_segs_in
            156, // data_segs_out
            160, // delivery_rate
            168, // busy_time
            176, // rwnd_limited
            184, // sndbuf_limited
            192, // delivered
            196, // delivered_ce
            200, // bytes_sent
            208, // bytes_retrans
            216, // dsack_dups
            220, // reord_seen
            224, // rcv_ooopack
            228, // snd_wnd
            232, // rcv_wnd
            236, // rehash
            240, // total_rto
            242, // total_rto_recoveries
            244, // total_rto_time
            248, // received_ce
            252, // delivered_e1_bytes
            256, // delivered_e0_bytes
            260, // delivered_ce_bytes
            264, // received_e1_bytes
            268, // received_e0_bytes
            272); // received_ce_bytes

    private TcpInfoLayout() {}

    /// Returns the offset of a field, in bytes.
    @SuppressWarnings("EnumOrdinal") // the table has the order of the fields
    static int offset(TcpField field) {
        return OFFSETS.get(field.ordinal());
    }

    /// Returns the number of bytes that a kernel writes at least if it has the field. A flag's byte was
    /// there, as 0, before the flag was: the field that came with it shows it.
    static int lengthWith(TcpField field) {
        return field == TcpField.DELIVERY_RATE_APP_LIMITED
                ? lengthWith(TcpField.DELIVERY_RATE)
                : offset(field) + (field.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /// Decodes what the kernel reported.
    ///
    /// @param bytes bytes written by the kernel
    /// @return null if there are too few
    static @Nullable TcpInfo decode(MemorySegment bytes) {
        if (bytes.byteSize() < FIRST_KERNEL_BYTES) {
            return null;
        }
        var window = new TcpSample.SendWindow(
                orZero(bytes, TcpField.SND_CWND) * orZero(bytes, TcpField.SND_MSS), orZero(bytes, TcpField.SND_WND));
        var roundTrip = new TcpSample.RoundTrip(orZero(bytes, TcpField.RTT), orZero(bytes, TcpField.RTTVAR));
        var sample = new TcpSample(
                orZero(bytes, TcpField.TOTAL_RETRANS),
                window,
                roundTrip,
                orZero(bytes, TcpField.PMTU),
                orZero(bytes, TcpField.REORD_SEEN));
        return new TcpInfo(sample, fields(bytes));
    }

    private static KernelValues<TcpField> fields(MemorySegment bytes) {
        KernelValues.Builder<TcpField> fields = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            if (bytes.byteSize() >= lengthWith(field)) {
                long value = value(bytes, field);
                if (isKnown(bytes, field, value)) {
                    fields.put(field, value);
                }
            }
        }
        return fields.build();
    }

    /// Returns a field; 0 if the kernel does not have it, as in iperf.
    private static long orZero(MemorySegment bytes, TcpField field) {
        return bytes.byteSize() < lengthWith(field) ? 0 : value(bytes, field);
    }

    private static long value(MemorySegment bytes, TcpField field) {
        int offset = offset(field);
        return switch (field.bits()) {
            case Byte.SIZE -> Byte.toUnsignedLong(bytes.get(JAVA_BYTE, offset));
            case Short.SIZE -> Short.toUnsignedLong(bytes.get(JAVA_SHORT, offset));
            case Integer.SIZE -> Integer.toUnsignedLong(bytes.get(JAVA_INT, offset));
            case Long.SIZE -> bytes.get(JAVA_LONG, offset);
            default -> bits(Byte.toUnsignedInt(bytes.get(JAVA_BYTE, offset)), field);
        };
    }

    /// Returns a bit field. Compilers for little-endian processors give the first one the lowest bits, those
    /// for others the highest.
    private static long bits(int whole, TcpField field) {
        int before = firstBit(field);
        boolean isLittle = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        int shift = isLittle ? before : Byte.SIZE - before - field.bits();
        return whole >> shift & ((1 << field.bits()) - 1);
    }

    private static int firstBit(TcpField field) {
        return switch (field) {
            case RCV_WSCALE -> TcpField.SND_WSCALE.bits();
            case FASTOPEN_CLIENT_FAIL -> TcpField.DELIVERY_RATE_APP_LIMITED.bits();
            default -> 0;
        };
    }

    /// False for what the kernel writes where it has measured nothing, or has no limit. The meaning of each
    /// such value is in tcp_get_info (net/ipv4/tcp.c).
    private static boolean isKnown(MemorySegment bytes, TcpField field, long value) {
        return switch (field) {
            case RTT, RCV_RTT, DELIVERY_RATE, FASTOPEN_CLIENT_FAIL -> value != 0;
            case RTTVAR -> value(bytes, TcpField.RTT) != 0;
            case DELIVERY_RATE_APP_LIMITED -> value(bytes, TcpField.DELIVERY_RATE) != 0;
            case MIN_RTT -> value != NO_MIN_RTT;
            case SND_SSTHRESH -> value < NO_SSTHRESH;
            case PACING_RATE, MAX_PACING_RATE -> value != UNLIMITED;
            case SND_WSCALE, RCV_WSCALE -> (value(bytes, TcpField.OPTIONS) & WINDOW_SCALING) != 0;
            default -> true;
        };
    }
}
