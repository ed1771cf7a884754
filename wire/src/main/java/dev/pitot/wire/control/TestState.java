package dev.pitot.wire.control;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The states that iperf's ends tell each other, one signed byte each (iperf.h, iperf_api.h).
public enum TestState {
    /// Server: all streams are there.
    TEST_START(1, " - starting a new test"),
    /// Server: data may flow.
    TEST_RUNNING(2, ""),
    /// Client: the test is over.
    TEST_END(4, ""),
    /// Server: send the parameters.
    PARAM_EXCHANGE(9, " - Client to Server Parameters Exchange"),
    /// Server: open the streams.
    CREATE_STREAMS(10, ""),
    /// Server: it was stopped.
    SERVER_TERMINATE(11, ""),
    /// Client: it was stopped.
    CLIENT_TERMINATE(12, ""),
    /// Server: send the results.
    EXCHANGE_RESULTS(13, ""),
    /// Server: both results were exchanged.
    DISPLAY_RESULTS(14, ""),
    /// Client: its last byte.
    IPERF_DONE(16, ""),
    /// Server: it is busy, or the cookie of a data connection is wrong.
    ACCESS_DENIED(-1, " - Server is busy"),
    /// Server: an error number and the system's follow.
    SERVER_ERROR(-2, "");

    private static final Map<Byte, TestState> BY_BYTE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TestState::wireByte, Function.identity()));

    private final byte wireByte;
    private final String remark;

    TestState(int wireByte, String remark) {
        this.wireByte = (byte) wireByte;
        this.remark = remark;
    }

    /// The state that travels as this byte, or null if there is none.
    public static @Nullable TestState ofByte(byte value) {
        return BY_BYTE.get(value);
    }

    /// How the state travels.
    public byte wireByte() {
        return wireByte;
    }

    /// Number, name and remark as in iperf 3.21's debug output (iperf_util.c: state_to_text), for example
    /// `1-TEST_START - starting a new test`.
    public String description() {
        return wireByte + "-" + name() + remark;
    }
}
