package dev.pitot.testkit.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// What belongs to one client of a [UdpRelay].
///
/// @param client where its datagrams come from
/// @param back the port that the server sees
record RelaySession(InetSocketAddress client, DatagramChannel back, SimulatedPath up, SimulatedPath down) {
    private static final int BUFFER_BYTES = 4 * 1024 * 1024; // the system may grant less

    static DatagramChannel opened() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Null if nothing is there, or the system tells that something did not arrive.
    static @Nullable InetSocketAddress receive(DatagramChannel channel, ByteBuffer into) throws IOException {
        try {
            return (InetSocketAddress) channel.receive(into);
        } catch (PortUnreachableException _) { // as on a real network, nobody cares
            return null;
        }
    }

    /// Passes on towards the server.
    ///
    /// @return whether the system took it
    boolean sendUp(ByteBuffer datagram) {
        try {
            return back.write(datagram) > 0;
        } catch (IOException _) { // nobody listens there, or the relay is being closed
            return false;
        }
    }

    /// Passes on towards the client.
    ///
    /// @return whether the system took it
    boolean sendDown(DatagramChannel front, ByteBuffer datagram) {
        try {
            return front.send(datagram, client) > 0;
        } catch (IOException _) { // nobody listens there, or the relay is being closed
            return false;
        }
    }

    /// How long until something arrives.
    long waitNanos(long now) {
        return Math.min(until(up.nextAt(), now), until(down.nextAt(), now));
    }

    private static long until(long next, long now) {
        return next == Long.MAX_VALUE ? Long.MAX_VALUE : next - now;
    }
}
