package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// What travels along with a test without changing what it measures.
///
/// @param title prefix of the client's lines and a key in both ends' JSON (`-T`)
/// @param extraData a key in both ends' JSON (`--extra-data`)
/// @param serverOutput whether the server shall send its own output back (`--get-server-output`)
/// @param clientVersion what the client calls itself; null where it did not say
/// @param serverCore processor core that the server's stream threads shall be bound to (`-A
///     n,m`), 0..1024, or null
public record Extras(
        @Nullable String title,
        @Nullable String extraData,
        boolean serverOutput,
        @Nullable String clientVersion,
        @Nullable Integer serverCore) {
    /// Nothing travels along.
    public static final Extras NONE = new Extras(null, null, false, null);

    private static final int MAX_CORE = 1024; // iperf_api.c: get_parameters, server_affinity

    /// @throws InvalidSettingException (error 132) if `serverCore` is out of range
    public Extras {
        if (serverCore != null && (serverCore < 0 || serverCore > MAX_CORE)) {
            throw new InvalidSettingException(IperfError.SET_AFFINITY);
        }
    }

    /// What travels along with a test on any core.
    public Extras(
            @Nullable String title, @Nullable String extraData, boolean serverOutput, @Nullable String clientVersion) {
        this(title, extraData, serverOutput, clientVersion, null);
    }

    /// These extras with this title; null for none.
    public Extras withTitle(@Nullable String value) {
        return new Extras(value, extraData, serverOutput, clientVersion, serverCore);
    }

    /// These extras with this text in both ends' JSON; null for none.
    public Extras withExtraData(@Nullable String value) {
        return new Extras(title, value, serverOutput, clientVersion, serverCore);
    }

    /// These extras asking for the server's output, or not.
    public Extras withServerOutput(boolean value) {
        return new Extras(title, extraData, value, clientVersion, serverCore);
    }
}
