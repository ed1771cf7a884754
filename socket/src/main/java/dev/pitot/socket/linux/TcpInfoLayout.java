package dev.pitot.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.pitot.model.result.TcpSample;
import dev.pitot.socket.TcpInfo;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Layout of struct tcp_info (linux/tcp.h). Kernels append fields and return the number of bytes
/// they wrote: fields beyond it are unknown to that kernel.
final class TcpInfoLayout {
    /// More than any kernel writes; Linux 6.18 writes less than 300.
    static final int MAX_BYTES = 512;

    private static final int SND_MSS = 16;
    private static final int PMTU = 60;
    private static final int RTT = 68;
    private static final int RTTVAR = 72;
    private static final int SND_CWND = 80;
    private static final int TOTAL_RETRANS = 100; // Linux 2.6, the last field that every kernel has
    private static final int BYTES_ACKED = 120; // Linux 4.1
    private static final int BYTES_RECEIVED = 128; // Linux 4.1
    private static final int REORD_SEEN = 220; // Linux 4.19
    private static final int SND_WND = 228; // Linux 5.4
    private static final long UNKNOWN = -1;

    private TcpInfoLayout() {}

    /// Decodes the fields that are reported.
    ///
    /// @param bytes bytes written by the kernel
    /// @return null if there are too few
    static @Nullable TcpInfo decode(MemorySegment bytes) {
        if (bytes.byteSize() < TOTAL_RETRANS + Integer.BYTES) {
            return null;
        }
        var window = new TcpSample.SendWindow(
                unsigned(bytes, SND_CWND) * unsigned(bytes, SND_MSS), unsigned(bytes, SND_WND));
        var roundTrip = new TcpSample.RoundTrip(unsigned(bytes, RTT), unsigned(bytes, RTTVAR));
        var sample = new TcpSample(
                unsigned(bytes, TOTAL_RETRANS), window, roundTrip, unsigned(bytes, PMTU), unsigned(bytes, REORD_SEEN));
        return new TcpInfo(sample, count(bytes, BYTES_ACKED), count(bytes, BYTES_RECEIVED));
    }

    /// Returns a 32-bit field; 0 if the kernel does not have it, as in iperf.
    private static long unsigned(MemorySegment bytes, int offset) {
        return bytes.byteSize() < offset + Integer.BYTES ? 0 : Integer.toUnsignedLong(bytes.get(JAVA_INT, offset));
    }

    private static long count(MemorySegment bytes, int offset) {
        return bytes.byteSize() < offset + Long.BYTES ? UNKNOWN : bytes.get(JAVA_LONG, offset);
    }
}
