package dev.pitot.engine.server;

import dev.pitot.engine.event.EventDispatcher;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.TestEvent;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.SocketRequirements;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpSetup;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Socket options that a client requests for the server's end. Options that are not possible are rejected
/// with iperf's error, except a congestion control that this host does not have, which is only a warning,
/// as in iperf. Options that only reduce the cost of a test (`--gsro`, `--skip-rx-copy`, `-m`) are
/// ignored where they are not possible, also as in iperf.
final class RequestedSocketOptions {
    private RequestedSocketOptions() {}

    /// Rejects options that the server's sockets do not support.
    static void check(TestConfig config, ServerConfig server, SocketFamily family) throws SessionFailure {
        for (Feature missing : SocketRequirements.ofServerFor(config).missingFrom(family.features())) {
            IperfError error = missing.error();
            if (error != null) {
                throw SessionFailure.of(error, "not supported by " + family.name() + " sockets");
            }
        }
        if (config.protocol().isDatagram() && server.local().resources().file() != null) {
            throw SessionFailure.of(IperfError.FILE_OVER_UDP, "");
        }
    }

    /// Returns the test without the optional features that these sockets do not support.
    static TestConfig possible(TestConfig config, SocketFamily family) {
        StreamSettings streams = config.streams();
        boolean maySkip = family.features().contains(Feature.SKIP_RECEIVE_COPY);
        if (maySkip || !streams.payload().skipReceiveCopy()) {
            return config;
        }
        return config.toBuilder()
                .payload(streams.payload().withSkipReceiveCopy(false))
                .build();
    }

    /// Returns the setup of the sockets of a datagram test.
    ///
    /// @param local the address at which the client reached this server
    static UdpSetup datagrams(TestConfig config, ServerConfig server, InetSocketAddress local, SocketFamily family) {
        StreamSettings streams = config.streams();
        return new UdpSetup(
                local,
                server.local().device(),
                streams.socket().withFlowLabel(0), // each end labels its own flows; iperf's servers label none
                new UdpSetup.Datagrams(streams.blockBytes(), streams.datagrams()),
                streams.pacing());
    }

    /// Returns the setup of the socket that echoes: in the traffic class of the test, so that it waits in the
    /// same queues.
    ///
    /// @param local the address at which the client reached this server
    static UdpSetup echo(TestConfig config, ServerConfig server, InetSocketAddress local) {
        return new UdpSetup(
                local,
                server.local().device(),
                SocketSettings.DEFAULT.withTos(config.streams().socket().tos()),
                new UdpSetup.Datagrams(EchoDatagram.BYTES, DatagramSettings.DEFAULT.withOffload(Offload.OFF)),
                Pacing.NONE);
    }

    /// Applies the options to a data connection.
    static void apply(TestConfig config, ServerConfig server, TcpConnection connection, EventDispatcher eventDispatcher)
            throws SessionFailure {
        SocketSettings wanted = config.streams().socket();
        String congestion = wanted.congestion();
        try {
            connection.apply(setup(config, server, null));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
        if (congestion != null && config.protocol() != Protocol.SCTP) {
            applyCongestion(setup(config, server, congestion), connection, eventDispatcher);
        }
    }

    private static void applyCongestion(TcpSetup setup, TcpConnection connection, EventDispatcher eventDispatcher)
            throws SessionFailure {
        try {
            connection.apply(setup);
        } catch (SocketException e) {
            if (e.error() != IperfError.CONGESTION) {
                throw SessionFailure.of(e, IperfError.INIT_STREAM);
            }
            eventDispatcher.announce(new TestEvent.Note(TestEvent.Level.WARNING, IperfError.CONGESTION.text()));
        } catch (IOException e) {
            throw SessionFailure.of(e, IperfError.INIT_STREAM);
        }
    }

    private static TcpSetup setup(TestConfig config, ServerConfig server, @Nullable String congestion) {
        SocketSettings wanted = config.streams().socket();
        return new TcpSetup(
                null,
                null,
                wanted.withCongestion(congestion).withFlowLabel(0),
                new TcpSetup.Liveness(server.timeouts().send(), null),
                config.streams().pacing(),
                config.protocol() == Protocol.SCTP ? new Transport.Sctp(0, List.of()) : Transport.TCP);
    }
}
