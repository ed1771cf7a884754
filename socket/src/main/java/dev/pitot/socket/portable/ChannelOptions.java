package dev.pitot.socket.portable;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.TcpSetup;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/// Sets a channel up as far as java.nio can, and refuses the rest by name.
final class ChannelOptions {
    private ChannelOptions() {}

    /// Applies all of a setup but its local address.
    ///
    /// @throws SocketException naming the option that the system refused or that java.nio does
    ///     not have
    static void apply(SocketChannel channel, TcpSetup setup) throws IOException {
        refuseUnsupported(setup);
        SocketSettings settings = setup.settings();
        if (settings.noDelay()) {
            set(channel, StandardSocketOptions.TCP_NODELAY, true, IperfError.SET_NO_DELAY);
        }
        if (settings.windowBytes() != 0) {
            setBuffer(channel, StandardSocketOptions.SO_RCVBUF, settings.windowBytes());
            setBuffer(channel, StandardSocketOptions.SO_SNDBUF, settings.windowBytes());
        }
        if (settings.tos() != 0) {
            set(channel, StandardSocketOptions.IP_TOS, settings.tos(), IperfError.SET_TOS);
        }
    }

    static BufferSizes buffers(SocketChannel channel) throws IOException {
        return new BufferSizes(
                channel.getOption(StandardSocketOptions.SO_SNDBUF), channel.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    private static void setBuffer(SocketChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        set(channel, option, bytes, IperfError.SET_BUFFER);
        int actual = channel.getOption(option);
        if (actual < bytes) {
            throw new SocketException(
                    0, "asked for " + bytes + " bytes, the system grants " + actual, IperfError.BUFFER_TOO_SMALL);
        }
    }

    private static <T> void set(SocketChannel channel, SocketOption<T> option, T value, IperfError error)
            throws IOException {
        try {
            channel.setOption(option, value);
        } catch (java.net.SocketException e) { // refused by the system
            throw new SocketException(0, String.valueOf(e.getMessage()), error);
        }
    }

    private static void refuseUnsupported(TcpSetup setup) throws SocketException {
        SocketSettings settings = setup.settings();
        refuse(settings.mss() != 0, Feature.MSS, IperfError.SET_MSS);
        refuse(settings.congestion() != null, Feature.CONGESTION, IperfError.CONGESTION);
        refuse(!setup.userTimeout().isZero(), Feature.USER_TIMEOUT, IperfError.SET_USER_TIMEOUT);
        refuse(!setup.fairQueueRate().isUnlimited(), Feature.FAIR_QUEUE_RATE, IperfError.SET_PACING);
        refuse(setup.device() != null, Feature.BIND_DEVICE, IperfError.BIND_DEVICE);
    }

    private static void refuse(boolean isAsked, Feature feature, IperfError error) throws SocketException {
        if (isAsked) {
            throw new SocketException(0, "the portable socket family has no " + feature.option(), error);
        }
    }
}
