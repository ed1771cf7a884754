package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// Options of a data socket, applied at both ends.
///
/// @param windowBytes SO_SNDBUF and SO_RCVBUF (`-w`), 0..512 MiB; 0 for the system default
/// @param mss TCP_MAXSEG (`-M`), 0..32767; 0 for the system default
/// @param noDelay TCP_NODELAY (`-N`)
/// @param tos the IP type-of-service or IPv6 traffic-class byte (`-S`, `--dscp`), 0..255
/// @param congestion TCP_CONGESTION (`-C`), or null for the system default
/// @param flowLabel IPv6 flow label (RFC 6437, `-L`), 1..0xfffff; 0 for the system default
public record SocketSettings(
        int windowBytes,
        int mss,
        boolean noDelay,
        int tos,
        @Nullable String congestion,
        int flowLabel) {
    /// System defaults.
    public static final SocketSettings DEFAULT = new SocketSettings(0, 0, false, 0, null, 0);

    private static final int MAX_WINDOW_BYTES = 512 * 1024 * 1024; // iperf.h: MAX_TCP_BUFFER
    private static final int MAX_MSS = 32_767; // iperf.h: MAX_MSS since 3.21
    private static final int MAX_TOS = 255;
    private static final int MAX_FLOW_LABEL = 0xfffff; // 20 bits (RFC 8200, 3)

    /// @throws InvalidSettingException (errors 8, 10, 21, 127) if a number is out of range
    public SocketSettings {
        if (windowBytes < 0 || windowBytes > MAX_WINDOW_BYTES) {
            throw new InvalidSettingException(IperfError.WINDOW);
        }
        if (mss < 0 || mss > MAX_MSS) {
            throw new InvalidSettingException(IperfError.MSS);
        }
        if (tos < 0 || tos > MAX_TOS) {
            throw new InvalidSettingException(IperfError.TOS);
        }
        if (flowLabel < 0 || flowLabel > MAX_FLOW_LABEL) {
            throw new InvalidSettingException(IperfError.SET_FLOW_LABEL);
        }
    }

    /// Options without a flow label.
    public SocketSettings(int windowBytes, int mss, boolean noDelay, int tos, @Nullable String congestion) {
        this(windowBytes, mss, noDelay, tos, congestion, 0);
    }

    /// Returns these options with this buffer size, 0..512 MiB; 0 for the system default.
    public SocketSettings withWindowBytes(int value) {
        return new SocketSettings(value, mss, noDelay, tos, congestion, flowLabel);
    }

    /// Returns these options with this segment size, 0..32767 bytes; 0 for the system default.
    public SocketSettings withMss(int value) {
        return new SocketSettings(windowBytes, value, noDelay, tos, congestion, flowLabel);
    }

    /// Returns these options with or without TCP_NODELAY.
    public SocketSettings withNoDelay(boolean value) {
        return new SocketSettings(windowBytes, mss, value, tos, congestion, flowLabel);
    }

    /// Returns these options with this type-of-service or traffic-class byte, 0..255.
    public SocketSettings withTos(int value) {
        return new SocketSettings(windowBytes, mss, noDelay, value, congestion, flowLabel);
    }

    /// Returns these options with this congestion control algorithm; null for the system default.
    public SocketSettings withCongestion(@Nullable String value) {
        return new SocketSettings(windowBytes, mss, noDelay, tos, value, flowLabel);
    }

    /// Returns these options with this IPv6 flow label, 1..0xfffff; 0 for the system default.
    public SocketSettings withFlowLabel(int value) {
        return new SocketSettings(windowBytes, mss, noDelay, tos, congestion, value);
    }
}
