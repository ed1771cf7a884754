package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// Metadata of a test that does not change what is measured.
///
/// @param title prefix of the client's lines and a key in both ends' JSON (`-T`)
/// @param extraData a key in both ends' JSON (`--extra-data`)
/// @param serverOutput whether the server is asked to send its own output back
///     (`--get-server-output`)
/// @param clientVersion program name and version that the client reports; null if it sent none
/// @param serverCore processor core that the server's stream threads are to be bound to (`-A n,m`),
///     0..1024, or null
public record TestMetadata(
        @Nullable String title,
        @Nullable String extraData,
        boolean serverOutput,
        @Nullable String clientVersion,
        @Nullable Integer serverCore) {
    /// Nothing travels along.
    public static final TestMetadata NONE = new TestMetadata(null, null, false, null);

    private static final int MAX_CORE = 1024; // iperf_api.c: get_parameters, server_affinity

    /// @throws InvalidSettingException (error 132) if `serverCore` is out of range
    public TestMetadata {
        if (serverCore != null && (serverCore < 0 || serverCore > MAX_CORE)) {
            throw new InvalidSettingException(IperfError.SET_AFFINITY);
        }
    }

    /// Metadata without processor affinity.
    public TestMetadata(
            @Nullable String title, @Nullable String extraData, boolean serverOutput, @Nullable String clientVersion) {
        this(title, extraData, serverOutput, clientVersion, null);
    }

    /// Returns a copy with this title; null for none.
    public TestMetadata withTitle(@Nullable String value) {
        return new TestMetadata(value, extraData, serverOutput, clientVersion, serverCore);
    }

    /// Returns a copy with this text in both ends' JSON; null for none.
    public TestMetadata withExtraData(@Nullable String value) {
        return new TestMetadata(title, value, serverOutput, clientVersion, serverCore);
    }

    /// Returns a copy with the server's output requested or not.
    public TestMetadata withServerOutput(boolean value) {
        return new TestMetadata(title, extraData, value, clientVersion, serverCore);
    }
}
