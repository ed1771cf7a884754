package dev.pitot.wire.control;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// States sent between iperf's ends, one signed byte each (iperf.h, iperf_api.h).
public enum TestState {
    /// Server: all streams are connected.
    TEST_START(1, " - starting a new test"),
    /// Server: the transfer may start.
    TEST_RUNNING(2, ""),
    /// Client: the test has ended.
    TEST_END(4, ""),
    /// Server: send the parameters.
    PARAM_EXCHANGE(9, " - Client to Server Parameters Exchange"),
    /// Server: open the streams.
    CREATE_STREAMS(10, ""),
    /// Server: the server was stopped.
    SERVER_TERMINATE(11, ""),
    /// Client: the client was stopped.
    CLIENT_TERMINATE(12, ""),
    /// Server: send the results.
    EXCHANGE_RESULTS(13, ""),
    /// Server: both results have been exchanged.
    DISPLAY_RESULTS(14, ""),
    /// Client: last byte of the connection.
    IPERF_DONE(16, ""),
    /// Server: the server is busy, or the cookie of a data connection is wrong.
    ACCESS_DENIED(-1, " - Server is busy"),
    /// Server: iperf's and the system's error number follow.
    SERVER_ERROR(-2, "");

    private static final Map<Byte, TestState> BY_BYTE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TestState::wireByte, Function.identity()));

    private final byte wireByte;
    private final String remark;

    TestState(int wireByte, String remark) {
        this.wireByte = (byte) wireByte;
        this.remark = remark;
    }

    /// Returns the state for a byte, or null if there is none.
    public static @Nullable TestState ofByte(byte value) {
        return BY_BYTE.get(value);
    }

    /// Byte sent on the wire.
    public byte wireByte() {
        return wireByte;
    }

    /// Returns number, name and remark as in iperf 3.21's debug output (iperf_util.c:
    /// state_to_text), for example `1-TEST_START - starting a new test`.
    public String description() {
        return wireByte + "-" + name() + remark;
    }
}
