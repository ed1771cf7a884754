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
import dev.pitot.message.channel.CloseReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A server that answers probes, with a thread of its own. Any thread may use it. A program that
/// has a server already, or a loop, takes [#types()] and [#listener(EndpointOptions)] into it.
public final class EchoServer implements AutoCloseable {
    /// 1024 clients, 256 of one address.
    public static final ServerLimits LIMITS = new ServerLimits(1024, 256);

    /// The default port, near iperf's 5201.
    public static final int DEFAULT_PORT = 5205;

    /// Floods that are counted at a time, each in 32 KiB, which go when its client does: so they take 32 MiB at
    /// most, beside the memory of [ServerLimits]. A client more is disconnected, with that reason.
    static final int MAX_FLOODS = 1024;

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
        return start(local, options, limits, _ -> {});
    }

    /// Starts a server that reports what goes wrong; else as [#start(InetSocketAddress, EndpointOptions)].
    ///
    /// @param errors takes a sentence for each client that was refused or broke the protocol, as often as they
    ///     come; called by the server's thread, which must not be kept waiting. Why a server failed is
    ///     [#closed()]'s
    public static EchoServer start(
            InetSocketAddress local, EndpointOptions options, ServerLimits limits, Consumer<String> errors)
            throws IOException {
        var listener = new EchoListener(options, MAX_FLOODS, errors);
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
        return listener(options, MAX_FLOODS);
    }

    /// @param floods that are counted at a time
    static MessageServerListener listener(EndpointOptions options, int floods) {
        return new EchoListener(options, floods, _ -> {});
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
    /// @param answered of those; the others found too much waiting for their client, or one that takes no such
    ///     message
    /// @param flooded messages of floods that it got
    public record Counts(long clients, long pings, long answered, long flooded) {}

    /// Answers probes. The server's thread only, but for the counts.
    private static final class EchoListener implements MessageServerListener {
        private static final FloodResult.Received NOTHING = new FloodResult.Received(0, 0, 0, 0, Duration.ZERO);

        private final EndpointOptions options;
        private final int maxFloods;
        private final Consumer<String> errors;
        private final LongAdder clients = new LongAdder();
        private final LongAdder pings = new LongAdder();
        private final LongAdder answered = new LongAdder();
        private final LongAdder flooded = new LongAdder();
        private final ByteBuffer pong = ByteBuffer.allocateDirect(PingPlan.MAX_BYTES);
        private int floods; // that are counted now

        EchoListener(EndpointOptions options, int maxFloods, Consumer<String> errors) {
            this.options = options;
            this.maxFloods = maxFloods;
            this.errors = errors;
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
            if (!peer.isConnected() || message.length() > PingPlan.MAX_BYTES) { // no probe is longer
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
            pong.clear().put(message.payload()).flip().put(0, (byte) ProbeMessages.PONG_ID);
            try {
                if (peer.send(pong, message.channel())) {
                    answered.increment();
                }
            } catch (IllegalArgumentException _) { // the client takes no message like its own: not this end's error
            }
        }

        private void count(Peer peer, ReceivedMessage message) {
            long number = ProbeMessages.floodNumber(message.payload());
            FloodCounters counters = number < 0 ? null : counters(peer);
            if (counters != null) {
                flooded.increment();
                counters.take(number, message.length(), options.clock().nanoTime());
            }
        }

        private static void sendStats(Peer peer, ReceivedMessage message) {
            if (message.message() instanceof Message statsRequest) {
                FloodResult.Received received =
                        peer.attachment() instanceof FloodCounters counters ? counters.received() : NOTHING;
                try {
                    peer.send(ProbeMessages.stats((int) statsRequest.number("question"), received), Channel.RELIABLE);
                } catch (IllegalArgumentException _) { // the client takes no message that long: it goes unanswered
                }
            }
        }

        /// Returns the counters of a peer; null if there is no memory for them.
        private @Nullable FloodCounters counters(Peer peer) {
            if (peer.attachment() instanceof FloodCounters counters) {
                return counters;
            }
            if (floods >= maxFloods) {
                peer.disconnect("the server counts as many floods as it can; try again later");
                return null;
            }
            floods++;
            var counters = new FloodCounters();
            peer.attach(counters);
            return counters;
        }

        @Override
        public void disconnected(Peer peer, CloseReason reason) {
            if (peer.attachment() instanceof FloodCounters) {
                peer.attach(null);
                floods--;
            }
        }

        @Override
        public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
            boolean isTheEnd = peer == null && cause != null; // the server's, which closed() reports
            if (!isTheEnd) {
                errors.accept(sentence);
            }
        }
    }
}
