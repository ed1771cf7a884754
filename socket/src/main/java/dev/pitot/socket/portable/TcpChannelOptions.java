package dev.pitot.socket.portable;

import static dev.pitot.socket.portable.ChannelOptions.refuse;
import static dev.pitot.socket.portable.ChannelOptions.set;

import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.SocketRequirements;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Options of a TCP channel, as far as java.nio supports them; others are refused by name.
final class TcpChannelOptions {
    private static final Set<SocketOption<?>> KEEP_ALIVE = Set.of(
            ExtendedSocketOptions.TCP_KEEPIDLE,
            ExtendedSocketOptions.TCP_KEEPINTERVAL,
            ExtendedSocketOptions.TCP_KEEPCOUNT);

    private TcpChannelOptions() {}

    /// True if this system's channels can set the keep-alive times; not all can.
    static boolean hasKeepAlive(NetworkChannel channel) {
        return channel.supportedOptions().containsAll(KEEP_ALIVE);
    }

    /// Applies a setup except for its local address.
    ///
    /// @throws SocketException naming the option that the system rejected or that java.nio does not
    ///     support
    static void apply(SocketChannel channel, TcpSetup setup) throws IOException {
        refuseUnsupported(channel, setup);
        SocketSettings settings = setup.settings();
        if (settings.noDelay()) {
            set(channel, StandardSocketOptions.TCP_NODELAY, true, IperfError.SET_NO_DELAY);
        }
        ChannelOptions.setBuffers(channel, settings.windowBytes());
        ChannelOptions.setTypeOfService(channel, settings.tos());
        keepAlive(channel, setup.liveness().keepAlive());
    }

    private static void keepAlive(SocketChannel channel, @Nullable KeepAlive times) throws IOException {
        if (times == null) {
            return;
        }
        set(channel, StandardSocketOptions.SO_KEEPALIVE, true, IperfError.SET_KEEPALIVE);
        if (!times.idle().isZero()) {
            int idle = seconds(times.idle());
            set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, idle, IperfError.SET_KEEPALIVE_IDLE);
        }
        if (!times.interval().isZero()) {
            int interval = seconds(times.interval());
            set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, interval, IperfError.SET_KEEPALIVE_INTERVAL);
        }
        if (times.count() != 0) {
            set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, times.count(), IperfError.SET_KEEPALIVE_COUNT);
        }
    }

    /// Returns the effective keep-alive times.
    static KeepAlive keepAlive(SocketChannel channel) throws IOException {
        refuse(!hasKeepAlive(channel), Feature.KEEP_ALIVE, IperfError.SET_KEEPALIVE);
        try {
            return new KeepAlive(
                    Duration.ofSeconds(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)),
                    Duration.ofSeconds(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)),
                    channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
        } catch (IOException e) {
            throw ErrnoMapper.of(e);
        }
    }

    private static int seconds(Duration time) {
        return Math.toIntExact(time.toSeconds());
    }

    private static void refuseUnsupported(SocketChannel channel, TcpSetup setup) throws SocketException {
        Set<Feature> available = hasKeepAlive(channel) ? EnumSet.of(Feature.KEEP_ALIVE) : Set.of();
        ChannelOptions.refuseMissing(SocketRequirements.of(setup), available);
        refuseTransport(setup.transport());
    }

    /// Refuses every transport except plain TCP.
    static void refuseTransport(Transport transport) throws SocketException {
        switch (transport) {
            case Transport.Tcp _ -> {}
            case Transport.MultipathTcp _ -> refuse(true, Feature.MULTIPATH_TCP, IperfError.NO_PROTOCOL);
            case Transport.Sctp _ -> refuse(true, Feature.SCTP, IperfError.NO_SCTP);
        }
    }
}
