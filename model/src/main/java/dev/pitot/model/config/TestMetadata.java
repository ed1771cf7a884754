package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;
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
/// @param probe what is measured beside the load; a server knows only the rate of the requests to it
public record TestMetadata(
        @Nullable String title,
        @Nullable String extraData,
        boolean serverOutput,
        @Nullable String clientVersion,
        @Nullable Integer serverCore,
        ProbeSettings probe) {
    /// Nothing travels along.
    public static final TestMetadata NONE = new TestMetadata(null, null, false, null);

    private static final int MAX_CORE = 1024; // iperf_api.c: get_parameters, server_affinity

    /// @throws InvalidSettingException (error 132) if `serverCore` is out of range
    public TestMetadata {
        Objects.requireNonNull(probe, "probe is null");
        if (serverCore != null && (serverCore < 0 || serverCore > MAX_CORE)) {
            throw new InvalidSettingException(IperfError.SET_AFFINITY);
        }
    }

    /// Metadata without a probe.
    public TestMetadata(
            @Nullable String title,
            @Nullable String extraData,
            boolean serverOutput,
            @Nullable String clientVersion,
            @Nullable Integer serverCore) {
        this(title, extraData, serverOutput, clientVersion, serverCore, ProbeSettings.NONE);
    }

    /// Metadata without a probe and processor affinity.
    public TestMetadata(
            @Nullable String title, @Nullable String extraData, boolean serverOutput, @Nullable String clientVersion) {
        this(title, extraData, serverOutput, clientVersion, null);
    }

    /// Returns a copy with this title; null for none.
    public TestMetadata withTitle(@Nullable String value) {
        return new TestMetadata(value, extraData, serverOutput, clientVersion, serverCore, probe);
    }

    /// Returns a copy with this text in both ends' JSON; null for none.
    public TestMetadata withExtraData(@Nullable String value) {
        return new TestMetadata(title, value, serverOutput, clientVersion, serverCore, probe);
    }

    /// Returns a copy with the server's output requested or not.
    public TestMetadata withServerOutput(boolean value) {
        return new TestMetadata(title, extraData, value, clientVersion, serverCore, probe);
    }

    /// Returns a copy with this program name and version of the client; null for none.
    public TestMetadata withClientVersion(@Nullable String value) {
        return new TestMetadata(title, extraData, serverOutput, value, serverCore, probe);
    }

    /// Returns a copy with this core for the server's stream threads, 0..1024; null for any.
    public TestMetadata withServerCore(@Nullable Integer value) {
        return new TestMetadata(title, extraData, serverOutput, clientVersion, value, probe);
    }

    /// Returns a copy with this probe.
    public TestMetadata withProbe(ProbeSettings value) {
        return new TestMetadata(title, extraData, serverOutput, clientVersion, serverCore, value);
    }
}
