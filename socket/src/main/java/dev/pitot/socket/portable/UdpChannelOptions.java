package dev.pitot.socket.portable;

import static dev.pitot.socket.portable.ChannelOptions.set;

import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketRequirements;
import dev.pitot.socket.UdpSetup;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/// Sets a UDP channel up as far as java.nio can, and refuses the rest by name.
final class UdpChannelOptions {
    private static final int BUFFER_EXTRA = 1024; // iperf_udp.h: UDP_BUFFER_EXTRA

    private UdpChannelOptions() {}

    /// Applies all of a setup but its local address. That java.nio has no offload is no reason to
    /// refuse: the connection tells.
    ///
    /// @throws SocketException naming the option that the system refused or that java.nio does
    ///     not have
    static void apply(DatagramChannel channel, UdpSetup setup, InetSocketAddress remote) throws IOException {
        SocketSettings settings = setup.settings();
        SocketRequirements requirements = SocketRequirements.of(setup);
        ChannelOptions.refuseMissing(requirements, ChannelOptions.switches(channel));
        if (settings.windowBytes() == 0) {
            raiseBuffers(channel, BUFFER_EXTRA + setup.datagrams().bytes());
        } else {
            ChannelOptions.setBuffers(channel, settings.windowBytes());
        }
        ChannelOptions.setTypeOfService(channel, settings.tos());
        if (remote.getAddress() instanceof Inet4Address) { // the only ones so far are IPv4's
            ChannelOptions.setSwitches(channel, requirements);
        }
    }

    private static void raiseBuffers(DatagramChannel channel, int block) throws IOException {
        raise(channel, StandardSocketOptions.SO_SNDBUF, block);
        raise(channel, StandardSocketOptions.SO_RCVBUF, Math.max(block, UdpSetup.DEFAULT_RECEIVE_BYTES));
    }

    /// Makes room for what comes while a thread has no processor.
    static void raiseReceiveBuffer(DatagramChannel channel) throws IOException {
        raise(channel, StandardSocketOptions.SO_RCVBUF, UdpSetup.DEFAULT_RECEIVE_BYTES);
    }

    /// Raises a buffer as far as the system allows. Its limit for those who ask may be below what
    /// it gives to those who do not, and once asked there is no way back, so another channel is
    /// asked first.
    private static void raise(DatagramChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        int given = channel.getOption(option);
        if (given < bytes && granted(option, bytes) > given) {
            set(channel, option, bytes, IperfError.SET_BUFFER);
        }
    }

    private static int granted(SocketOption<Integer> option, int bytes) throws IOException {
        try (DatagramChannel trial = DatagramChannel.open()) {
            return trial.setOption(option, bytes).getOption(option);
        } catch (java.net.SocketException _) { // some systems refuse what is too much
            return 0;
        }
    }

    /// Lets a port be bound that another socket has. Linux would share a port's datagrams out
    /// among sockets with SO_REUSEPORT, other systems want it in order to share the port at all.
    static void reusePort(DatagramChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_REUSEADDR, true, IperfError.REUSE_ADDRESS);
        boolean isLinux = "Linux".equals(System.getProperty("os.name"));
        if (!isLinux && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            set(channel, StandardSocketOptions.SO_REUSEPORT, true, IperfError.REUSE_ADDRESS);
        }
    }
}
