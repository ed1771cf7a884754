package dev.pitot.message.probe;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.Message;
import dev.pitot.message.MessageServer;
import dev.pitot.message.MessageServerListener;
import dev.pitot.message.MessageTypes;
import dev.pitot.message.Peer;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.RunningServer;
import dev.pitot.message.ServerLimits;
import dev.pitot.message.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A server that answers probes, with a thread of its own. Any thread may use it. A program that
/// has a server already, or a loop, takes [#types()] and [#listener(EndpointOptions)] into it.
public final class EchoServer implements AutoCloseable {
    /// 1024 clients, 256 of one address; each may take 32 KiB for the counters of its flood.
    public static final ServerLimits LIMITS = new ServerLimits(1024, 256);

    /// The default port, near iperf's 5201.
    public static final int DEFAULT_PORT = 5205;

    private final RunningServer server;
    private final EchoListener listener;

    private EchoServer(RunningServer server, EchoListener listener) {
        this.server = server;
        this.listener = listener;
    }

    /// Starts a server, which listens when this returns.
    ///
    /// @param local where it listens; port 0 lets the system choose
    /// @throws IOException with a sentence, if it cannot listen there
    public static EchoServer start(InetSocketAddress local, EndpointOptions options) throws IOException {
        return start(local, options, LIMITS);
    }

    /// Starts a server with other limits; else as [#start(InetSocketAddress, EndpointOptions)].
    public static EchoServer start(InetSocketAddress local, EndpointOptions options, ServerLimits limits)
            throws IOException {
        var listener = new EchoListener(options);
        RunningServer server = MessageServer.builder(types())
                .options(options)
                .limits(limits)
                .listener(listener)
                .start(local);
        return new EchoServer(server, listener);
    }

    /// Returns the types of the probes' messages, ids 200 to 204.
    public static MessageTypes types() {
        return ProbeMessages.TYPES;
    }

    /// Returns a listener that answers probes in a [MessageServer] of one's own, which must call
    /// it by one thread. It uses the peers' attachments.
    public static MessageServerListener listener(EndpointOptions options) {
        return new EchoListener(options);
    }

    /// Returns the address on which it listens.
    public InetSocketAddress localAddress() {
        return server.localAddress();
    }

    /// Returns its counts until now.
    public Counts counts() {
        return listener.counts();
    }

    /// Returns a future that completes as [RunningServer#closed()] does.
    public CompletableFuture<@Nullable Throwable> closed() {
        return server.closed();
    }

    /// Stops within a second.
    @Override
    public void close() {
        server.close();
    }

    /// Counts of a server.
    ///
    /// @param clients that came
    /// @param pings that it got
    /// @param answered of those; the others found too much waiting for their client
    /// @param flooded messages of floods that it got
    public record Counts(long clients, long pings, long answered, long flooded) {}

    /// Answers probes. The server's thread only, but for the counts.
    private static final class EchoListener implements MessageServerListener {
        private final EndpointOptions options;
        private final LongAdder clients = new LongAdder();
        private final LongAdder pings = new LongAdder();
        private final LongAdder answered = new LongAdder();
        private final LongAdder flooded = new LongAdder();
        private ByteBuffer pong = ByteBuffer.allocateDirect(1400); // grows to the largest message that came

        EchoListener(EndpointOptions options) {
            this.options = options;
        }

        Counts counts() {
            return new Counts(clients.sum(), pings.sum(), answered.sum(), flooded.sum());
        }

        @Override
        public void accepted(Peer peer) {
            clients.increment();
        }

        @Override
        public void message(Peer peer, ReceivedMessage message) {
            if (!peer.isConnected()) {
                return;
            }
            switch (message.typeId()) {
                case ProbeMessages.PING_ID -> echo(peer, message);
                case ProbeMessages.FLOOD_ID -> count(peer, message);
                case ProbeMessages.STATS_REQUEST_ID -> sendStats(peer, message);
                default -> {} // not a probe
            }
        }

        private void echo(Peer peer, ReceivedMessage message) {
            pings.increment();
            if (message.length() > pong.capacity()) {
                pong = ByteBuffer.allocateDirect(message.length());
            }
            pong.clear().put(message.payload()).flip().put(0, (byte) ProbeMessages.PONG_ID);
            if (peer.send(pong, message.channel())) {
                answered.increment();
            }
        }

        private void count(Peer peer, ReceivedMessage message) {
            long number = ProbeMessages.floodNumber(message.payload());
            if (number >= 0) {
                flooded.increment();
                counters(peer).take(number, message.length(), options.clock().nanoTime());
            }
        }

        private static void sendStats(Peer peer, ReceivedMessage message) {
            if (message.message() instanceof Message statsRequest) {
                peer.send(
                        ProbeMessages.stats(
                                (int) statsRequest.number("question"),
                                counters(peer).received()),
                        Channel.RELIABLE);
            }
        }

        private static FloodCounters counters(Peer peer) {
            if (peer.attachment() instanceof FloodCounters counters) {
                return counters;
            }
            var counters = new FloodCounters();
            peer.attach(counters);
            return counters;
        }
    }
}
