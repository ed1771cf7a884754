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

/// Options of a UDP channel, as far as java.nio supports them; others are refused by name.
final class UdpChannelOptions {
    private static final int BUFFER_EXTRA = 1024; // iperf_udp.h: UDP_BUFFER_EXTRA

    private UdpChannelOptions() {}

    /// Applies a setup except for its local address. Missing offload is not refused: the connection
    /// reports it.
    ///
    /// @throws SocketException naming the option that the system rejected or that java.nio does not
    ///     support
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
        if (remote.getAddress() instanceof Inet4Address) { // so far all boolean options are for IPv4
            ChannelOptions.setSwitches(channel, requirements);
        }
    }

    private static void raiseBuffers(DatagramChannel channel, int block) throws IOException {
        raise(channel, StandardSocketOptions.SO_SNDBUF, block);
        raise(channel, StandardSocketOptions.SO_RCVBUF, Math.max(block, UdpSetup.DEFAULT_RECEIVE_BYTES));
    }

    /// Raises the receive buffer for the time in which a thread is not scheduled.
    static void raiseReceiveBuffer(DatagramChannel channel) throws IOException {
        raise(channel, StandardSocketOptions.SO_RCVBUF, UdpSetup.DEFAULT_RECEIVE_BYTES);
    }

    /// Raises a buffer as far as the system allows. The limit for requested sizes may be below the
    /// default size, and a request cannot be undone, so it is first tried on another channel.
    private static void raise(DatagramChannel channel, SocketOption<Integer> option, int bytes) throws IOException {
        int given = channel.getOption(option);
        if (given < bytes && granted(option, bytes) > given) {
            set(channel, option, bytes, IperfError.SET_BUFFER);
        }
    }

    private static int granted(SocketOption<Integer> option, int bytes) throws IOException {
        try (DatagramChannel trial = DatagramChannel.open()) {
            return trial.setOption(option, bytes).getOption(option);
        } catch (java.net.SocketException _) { // some systems reject sizes above their limit
            return 0;
        }
    }

    /// Allows binding a port that another socket uses. On Linux, SO_REUSEPORT would distribute the
    /// port's datagrams among the sockets; other systems require it for sharing a port.
    static void reusePort(DatagramChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_REUSEADDR, true, IperfError.REUSE_ADDRESS);
        boolean isLinux = "Linux".equals(System.getProperty("os.name"));
        if (!isLinux && channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            set(channel, StandardSocketOptions.SO_REUSEPORT, true, IperfError.REUSE_ADDRESS);
        }
    }
}
