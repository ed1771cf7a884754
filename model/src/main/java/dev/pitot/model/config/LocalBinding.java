package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Local address of an end's sockets, and the host resources it uses.
///
/// @param host local address or name (`-B`), or null for any
/// @param family IP version (`-4`, `-6`)
/// @param clientPort local port of the first data stream (`--cport`), each further stream uses the
///     next port; 0 for any. Ignored by servers
/// @param device network interface that all sockets are bound to (`--bind-dev`), or null for any
/// @param sctp SCTP settings
/// @param resources host resources other than the network
public record LocalBinding(
        @Nullable String host,
        AddressFamily family,
        int clientPort,
        @Nullable String device,
        SctpSettings sctp,
        HostResources resources) {
    /// Any address, port and device.
    public static final LocalBinding ANY = new LocalBinding(null, AddressFamily.ANY, 0);

    private static final int MAX_PORT = 65_535;

    /// @throws InvalidSettingException (error 26) if `clientPort` is out of range
    /// @throws IllegalArgumentException if `host` is empty
    public LocalBinding {
        Objects.requireNonNull(family, "family is null");
        Objects.requireNonNull(sctp, "sctp is null");
        Objects.requireNonNull(resources, "resources is null");
        if (host != null && (host.isBlank() || host.startsWith("%"))) {
            throw new IllegalArgumentException("host is empty: '" + host + "'");
        }
        if (clientPort < 0 || clientPort > MAX_PORT) {
            throw new InvalidSettingException(IperfError.PORT);
        }
    }

    /// An address with default SCTP settings and resources.
    public LocalBinding(@Nullable String host, AddressFamily family, int clientPort) {
        this(host, family, clientPort, null, SctpSettings.DEFAULT, HostResources.DEFAULT);
    }

    /// Returns this end with other resources.
    public LocalBinding with(HostResources value) {
        return new LocalBinding(host, family, clientPort, device, sctp, value);
    }

    /// Returns this end bound to a local address or name; null for any.
    public LocalBinding withHost(@Nullable String value) {
        return new LocalBinding(value, family, clientPort, device, sctp, resources);
    }

    /// Returns this end with this IP version.
    public LocalBinding withFamily(AddressFamily value) {
        return new LocalBinding(host, value, clientPort, device, sctp, resources);
    }

    /// Returns this end with this local port for the first data stream, 0..65535; 0 for any.
    public LocalBinding withClientPort(int value) {
        return new LocalBinding(host, family, value, device, sctp, resources);
    }

    /// Returns this end bound to a network interface; null for any.
    public LocalBinding withDevice(@Nullable String value) {
        return new LocalBinding(host, family, clientPort, value, sctp, resources);
    }

    /// Returns this end with these SCTP settings.
    public LocalBinding withSctp(SctpSettings value) {
        return new LocalBinding(host, family, clientPort, device, value, resources);
    }
}
