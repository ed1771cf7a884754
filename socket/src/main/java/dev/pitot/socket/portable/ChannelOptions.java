package dev.pitot.socket.portable;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.BufferSizes;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.SocketRequirements;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.EnumSet;
import java.util.Set;

/// Channel options common to all transports; unsupported options are refused by name.
final class ChannelOptions {
    private ChannelOptions() {}

    static BufferSizes buffers(NetworkChannel channel) throws IOException {
        return new BufferSizes(
                channel.getOption(StandardSocketOptions.SO_SNDBUF), channel.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    /// Sets both buffers.
    ///
    /// @param bytes 0 does nothing
    /// @throws SocketException also if the system grants less
    static void setBuffers(NetworkChannel channel, int bytes) throws IOException {
        if (bytes != 0) {
            setBuffer(channel, StandardSocketOptions.SO_RCVBUF, bytes);
            setBuffer(channel, StandardSocketOptions.SO_SNDBUF, bytes);
        }
    }

    private static void setBuffer(NetworkChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        set(channel, option, bytes, IperfError.SET_BUFFER);
        int actual = channel.getOption(option);
        if (actual < bytes) {
            throw new SocketException(
                    0, "requested " + bytes + " bytes, the system granted " + actual, IperfError.BUFFER_TOO_SMALL);
        }
    }

    static void setTypeOfService(NetworkChannel channel, int tos) throws IOException {
        if (tos != 0) {
            set(channel, StandardSocketOptions.IP_TOS, tos, IperfError.SET_TOS);
        }
    }

    /// Sets an option.
    ///
    /// @param error error to report if it fails
    static <T> void set(NetworkChannel channel, SocketOption<T> option, T value, IperfError error) throws IOException {
        try {
            channel.setOption(option, value);
        } catch (java.net.SocketException e) { // rejected by the system
            var refusal = new SocketException(0, String.valueOf(e.getMessage()), error);
            refusal.initCause(e);
            throw refusal;
        }
    }

    /// Returns the features that this system's channels have as boolean options.
    static Set<Feature> switches(NetworkChannel channel) {
        Set<Feature> switches = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            SocketOption<Boolean> option = feature.javaSwitch();
            if (option != null && channel.supportedOptions().contains(option)) {
                switches.add(feature);
            }
        }
        return switches;
    }

    /// Enables the needed boolean options.
    static void setSwitches(NetworkChannel channel, SocketRequirements requirements) throws IOException {
        for (Feature feature : requirements.features()) {
            SocketOption<Boolean> option = feature.javaSwitch();
            IperfError error = feature.error();
            if (option != null && error != null) {
                set(channel, option, true, error);
            }
        }
    }

    /// Refuses needed but missing features by name, unless a test can run without them.
    ///
    /// @throws SocketException naming the first such option
    static void refuseMissing(SocketRequirements requirements, Set<Feature> available) throws SocketException {
        for (Feature feature : requirements.missingFrom(available)) {
            IperfError error = feature.error();
            if (error != null) {
                refuse(true, feature, error);
            }
        }
    }

    /// Refuses a feature that java.nio does not support, by name.
    ///
    /// @throws SocketException if it is requested
    static void refuse(boolean isAsked, Feature feature, IperfError error) throws SocketException {
        if (isAsked) {
            throw new SocketException(0, "the portable socket family does not support " + feature.option(), error);
        }
    }
}
