package dev.pitot.engine.client;

import dev.pitot.engine.latency.LatencyMeter;
import dev.pitot.engine.latency.TcpProbe;
import dev.pitot.engine.session.Resolver;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.SocketException;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.TcpConnection;
import dev.pitot.socket.TcpSetup;
import dev.pitot.socket.Transport;
import dev.pitot.socket.UdpConnection;
import dev.pitot.socket.UdpSetup;
import dev.pitot.socket.WaitPolicy;
import dev.pitot.wire.datagram.EchoDatagram;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Opens a client's connections: the control connection to the first address of the server that answers,
/// the data connections to the same address.
final class Connector {
    private final ClientConfig config;
    private final SocketFamily family;
    private final NanoClock clock;
    private final LatencyMeter latency;

    /// @param latency receives the time of each connect
    Connector(ClientConfig config, SocketFamily family, NanoClock clock, LatencyMeter latency) {
        this.config = config;
        this.family = family;
        this.clock = clock;
        this.latency = latency;
    }

    /// Opens the control connection.
    ///
    /// @throws IOException of the last address that was tried, or of the processor core (`-A`), which
    ///     iperf3 clients also check first
    TcpConnection openControl(WaitPolicy waitPolicy) throws IOException {
        requireCore(waitPolicy);
        List<InetAddress> addresses =
                Resolver.resolve(config.server().host(), config.local().family(), waitPolicy);
        IOException last = new UnknownHostException(config.server().host());
        for (InetAddress address : addresses) {
            try {
                var remote = new InetSocketAddress(address, config.server().port());
                return connect(remote, controlSetup(address, waitPolicy), waitPolicy);
            } catch (SocketException e) { // the next address may answer
                // iperf3 also reports a missing device as a failure to connect
                last = e.error() == IperfError.BIND_DEVICE ? unnamed(e) : e;
            }
        }
        throw last;
    }

    /// Returns the failure without its own error number of iperf, so that it counts as a failure to
    /// connect.
    private static SocketException unnamed(SocketException e) {
        var failure = new SocketException(e.errno(), e.reason());
        failure.initCause(e);
        return failure;
    }

    /// Checks the requested processor core by binding a separate thread to it: threads started by a bound
    /// thread would inherit the binding.
    private void requireCore(WaitPolicy waitPolicy) throws IOException {
        Integer core = config.local().resources().core();
        if (core == null) {
            return;
        }
        var binding = new FutureTask<@Nullable Void>(() -> {
            family.bindToCore(core);
            return null;
        });
        Thread.ofPlatform().daemon().name("pitot-core").start(binding);
        while (!binding.isDone()) { // a system call that does not wait, but the thread may start late
            await(binding, waitPolicy);
        }
        switch (binding.state()) {
            case SUCCESS -> {}
            case FAILED -> throw thrown(binding.exceptionNow());
            case RUNNING, CANCELLED -> throw new IllegalStateException("the thread of -A is " + binding.state());
        }
    }

    private static void await(FutureTask<?> task, WaitPolicy waitPolicy) throws IOException {
        try {
            task.get(waitPolicy.nextSliceMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) { // restored for the caller
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (TimeoutException | ExecutionException _) { // read from the task itself
        }
    }

    private static IOException thrown(Throwable failure) {
        return switch (failure) {
            case IOException known -> known;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            default -> new IOException(failure);
        };
    }

    private TcpSetup controlSetup(InetAddress remote, WaitPolicy waitPolicy) throws IOException {
        return new TcpSetup(
                local(remote, 0, waitPolicy),
                config.local().device(),
                TcpSetup.CONTROL.settings(),
                new TcpSetup.Liveness(
                        config.timeouts().send(), config.timeouts().controlKeepAlive()),
                Pacing.NONE,
                Transport.TCP);
    }

    /// Opens a byte-stream data connection.
    ///
    /// @param index of the stream, from 0
    TcpConnection openData(TestConfig test, InetSocketAddress remote, int index, WaitPolicy waitPolicy)
            throws IOException {
        var setup = new TcpSetup(
                localOf(index, remote, waitPolicy),
                config.local().device(),
                test.streams().socket(),
                new TcpSetup.Liveness(config.timeouts().send(), null),
                test.streams().pacing(),
                transport(test, remote, waitPolicy));
        return connect(remote, setup, waitPolicy);
    }

    private TcpConnection connect(InetSocketAddress remote, TcpSetup setup, WaitPolicy waitPolicy) throws IOException {
        long startNanos = clock.nanoTime();
        TcpConnection connection = family.connect(remote, setup, waitPolicy);
        if (!(setup.transport() instanceof Transport.Sctp)) { // whose handshake has two round trips
            latency.onConnected(connection, clock.nanoTime() - startNanos);
        }
        return connection;
    }

    private Transport transport(TestConfig test, InetSocketAddress remote, WaitPolicy waitPolicy) throws IOException {
        return switch (test.protocol()) {
            case TCP, UDP -> Transport.TCP;
            case MULTIPATH_TCP -> Transport.MULTIPATH_TCP;
            case SCTP -> {
                var addresses = new ArrayList<InetSocketAddress>();
                for (String name : config.local().sctp().addresses()) {
                    addresses.add(new InetSocketAddress(resolveLike(name, remote.getAddress(), waitPolicy), 0));
                }
                yield new Transport.Sctp(config.local().sctp().streams(), addresses);
            }
        };
    }

    /// Opens a datagram data connection; the server is not notified of it yet.
    ///
    /// @param index of the stream, from 0
    UdpConnection openDatagrams(TestConfig test, InetSocketAddress remote, int index, WaitPolicy waitPolicy)
            throws IOException {
        StreamSettings streams = test.streams();
        var datagrams = new UdpSetup.Datagrams(streams.blockBytes(), streams.datagrams());
        var setup = new UdpSetup(
                localOf(index, remote, waitPolicy),
                config.local().device(),
                streams.socket(),
                datagrams,
                streams.pacing());
        return family.connectUdp(remote, setup);
    }

    /// Opens a socket for the UDP echo, in the traffic class of the test, so that it waits in the same
    /// queues.
    UdpConnection openEcho(TestConfig test, InetSocketAddress remote, WaitPolicy waitPolicy) throws IOException {
        var setup = new UdpSetup(
                local(remote.getAddress(), 0, waitPolicy),
                config.local().device(),
                SocketSettings.DEFAULT.withTos(test.streams().socket().tos()),
                new UdpSetup.Datagrams(EchoDatagram.BYTES, DatagramSettings.DEFAULT.withOffload(Offload.OFF)),
                Pacing.NONE);
        return family.connectUdp(remote, setup);
    }

    /// Returns what a probe of another target needs, which is none of the test's connections.
    ///
    /// @param server address of the test's server
    TcpProbe.Network probes(InetSocketAddress server) {
        return new TcpProbe.Network() {
            @Override
            public InetSocketAddress resolve(Endpoint target, WaitPolicy waitPolicy) throws IOException {
                List<InetAddress> addresses =
                        Resolver.resolve(target.host(), config.local().family(), waitPolicy);
                if (target.port() == server.getPort() && addresses.contains(server.getAddress())) {
                    throw new IOException(ClientConfig.PROBE_OF_SERVER);
                }
                return new InetSocketAddress(addresses.getFirst(), target.port());
            }

            @Override
            public TcpConnection connect(InetSocketAddress target, WaitPolicy waitPolicy) throws IOException {
                return family.connect(target, controlSetup(target.getAddress(), waitPolicy), waitPolicy);
            }
        };
    }

    private @Nullable InetSocketAddress localOf(int index, InetSocketAddress remote, WaitPolicy waitPolicy)
            throws IOException {
        int firstPort = config.local().clientPort();
        return local(remote.getAddress(), firstPort == 0 ? 0 : firstPort + index, waitPolicy);
    }

    /// Returns the local address to bind, of the same IP version as the server's address; null for any.
    private @Nullable InetSocketAddress local(InetAddress remote, int port, WaitPolicy waitPolicy) throws IOException {
        LocalBinding local = config.local();
        if (local.host() == null) {
            return port == 0 ? null : new InetSocketAddress(wildcardLike(remote), port);
        }
        return new InetSocketAddress(resolveLike(local.host(), remote, waitPolicy), port);
    }

    /// Resolves a local host name to an address of the same IP version as another address.
    private InetAddress resolveLike(String host, InetAddress remote, WaitPolicy waitPolicy) throws IOException {
        for (InetAddress address : Resolver.resolve(host, config.local().family(), waitPolicy)) {
            if (address instanceof Inet6Address == remote instanceof Inet6Address) {
                return address;
            }
        }
        throw new UnknownHostException("Address family for hostname not supported");
    }

    private static InetAddress wildcardLike(InetAddress remote) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[remote.getAddress().length]);
    }
}
