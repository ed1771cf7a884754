package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import org.jspecify.annotations.Nullable;

/// Host resources used by an end, other than the network.
///
/// @param file file that senders read and receivers write (`-F`), or null for generated data
/// @param core processor core that stream threads are bound to (`-A`), 0..1024, or null for any
public record HostResources(@Nullable String file, @Nullable Integer core) {
    /// Generated data on any core.
    public static final HostResources DEFAULT = new HostResources(null, null);

    private static final int MAX_CORE = 1024; // iperf_api.c: iperf_parse_arguments, 'A'

    /// @throws InvalidSettingException (error 132) if `core` is out of range
    public HostResources {
        if (core != null && (core < 0 || core > MAX_CORE)) {
            throw new InvalidSettingException(IperfError.SET_AFFINITY);
        }
    }
}
