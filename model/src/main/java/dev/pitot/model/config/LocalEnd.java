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
public record LocalEnd(
        @Nullable String host,
        AddressFamily family,
        int clientPort,
        @Nullable String device,
        SctpEnd sctp,
        Resources resources) {
    /// Any address, port and device.
    public static final LocalEnd ANY = new LocalEnd(null, AddressFamily.ANY, 0);

    private static final int MAX_PORT = 65_535;

    /// @throws InvalidSettingException (error 26) if `clientPort` is out of range
    /// @throws IllegalArgumentException if `host` is empty
    public LocalEnd {
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
    public LocalEnd(@Nullable String host, AddressFamily family, int clientPort) {
        this(host, family, clientPort, null, SctpEnd.DEFAULT, Resources.DEFAULT);
    }

    /// Returns this end with other resources.
    public LocalEnd with(Resources value) {
        return new LocalEnd(host, family, clientPort, device, sctp, value);
    }

    /// Returns this end bound to a local address or name; null for any.
    public LocalEnd withHost(@Nullable String value) {
        return new LocalEnd(value, family, clientPort, device, sctp, resources);
    }

    /// Returns this end with this IP version.
    public LocalEnd withFamily(AddressFamily value) {
        return new LocalEnd(host, value, clientPort, device, sctp, resources);
    }

    /// Returns this end with this local port for the first data stream, 0..65535; 0 for any.
    public LocalEnd withClientPort(int value) {
        return new LocalEnd(host, family, value, device, sctp, resources);
    }

    /// Returns this end bound to a network interface; null for any.
    public LocalEnd withDevice(@Nullable String value) {
        return new LocalEnd(host, family, clientPort, value, sctp, resources);
    }

    /// Returns this end with these SCTP settings.
    public LocalEnd withSctp(SctpEnd value) {
        return new LocalEnd(host, family, clientPort, device, value, resources);
    }
}
