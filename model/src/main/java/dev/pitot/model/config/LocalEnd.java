package dev.pitot.model.config;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where an end's own sockets are bound, and what it uses of its machine.
///
/// @param host local address or name (`-B`), or null for any
/// @param family which version of IP (`-4`, `-6`)
/// @param clientPort local port of the first data stream (`--cport`), the next stream's is one
///     higher; 0 for any. Ignored by servers
/// @param device network interface that all sockets are bound to (`--bind-dev`), or null for any
/// @param sctp what only SCTP has
/// @param resources what is used besides the network
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

    /// An end at an address, with nothing special.
    public LocalEnd(@Nullable String host, AddressFamily family, int clientPort) {
        this(host, family, clientPort, null, SctpEnd.DEFAULT, Resources.DEFAULT);
    }

    /// This end with other resources.
    public LocalEnd with(Resources value) {
        return new LocalEnd(host, family, clientPort, device, sctp, value);
    }

    /// This end bound to a local address or name; null for any.
    public LocalEnd withHost(@Nullable String value) {
        return new LocalEnd(value, family, clientPort, device, sctp, resources);
    }

    /// This end with this version of IP.
    public LocalEnd withFamily(AddressFamily value) {
        return new LocalEnd(host, value, clientPort, device, sctp, resources);
    }

    /// This end with the first data stream at this local port, 0..65535; 0 for any.
    public LocalEnd withClientPort(int value) {
        return new LocalEnd(host, family, value, device, sctp, resources);
    }

    /// This end bound to a network interface; null for any.
    public LocalEnd withDevice(@Nullable String value) {
        return new LocalEnd(host, family, clientPort, value, sctp, resources);
    }

    /// This end with these settings of SCTP.
    public LocalEnd withSctp(SctpEnd value) {
        return new LocalEnd(host, family, clientPort, device, value, resources);
    }
}
