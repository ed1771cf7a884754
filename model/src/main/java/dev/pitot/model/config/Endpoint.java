package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;

/// A host and a port.
///
/// @param host not empty: a name or a literal address, as given or as connected; an IPv4-mapped IPv6
/// address is written as IPv4
/// @param port 0..65535; 0 lets the system choose a free one
public record Endpoint(String host, int port) {
    /// iperf.h: PORT.
    public static final int DEFAULT_PORT = 5201;

    private static final int MAX_PORT = 65_535;

    /// @throws InvalidSettingException (error 26) if `port` is out of range
    /// @throws IllegalArgumentException if `host` is empty, which resolvers take for the local host
    public Endpoint {
        Objects.requireNonNull(host, "host is null");
        if (host.isBlank() || host.startsWith("%")) {
            throw new IllegalArgumentException("host is empty: '" + host + "'");
        }
        if (port < 0 || port > MAX_PORT) {
            throw new InvalidSettingException(IperfError.PORT);
        }
    }
}
