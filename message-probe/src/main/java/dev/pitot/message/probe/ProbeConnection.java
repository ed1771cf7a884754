package dev.pitot.message.probe;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.EndpointState;
import dev.pitot.message.MessageClient;
import dev.pitot.message.MessageClientListener;
import dev.pitot.message.ReceivedMessage;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.channel.Metrics;
import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The connection of a measurement. Used by the thread that measures, but for [#cancel()].
final class ProbeConnection implements MessageClientListener, AutoCloseable {
    /// Longest time that a cancelled measurement goes on: half of the second that it has.
    static final long GRACE_NANOS = 500_000_000;

    /// Interval between checks whether the measurement is cancelled.
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    /// A thread that sleeps wakes up that much too late: below it, it does not sleep.
    private static final long SHORTEST_WAIT_NANOS = 100_000;

    /// The system's word that nobody listens is believed after that time, for a server may be
    /// about to start.
    private static final long BELIEF_NANOS = 1_000_000_000;

    private final InetSocketAddress server;
    private final EndpointOptions options;
    private final Consumer<ReceivedMessage> receiver;
    private final MessageClient client;
    private final long begin;
    private volatile boolean isCancelled;
    private long cancelledAt = Long.MAX_VALUE;
    private boolean isOpen;
    private boolean isUnreachable;
    private @Nullable String end;
    private boolean isServerGone;
    private boolean isAllSent;
    private long statsRequests;

    ProbeConnection(InetSocketAddress server, EndpointOptions options, Consumer<ReceivedMessage> receiver) {
        this.server = server;
        this.options = options;
        this.receiver = receiver;
        client = MessageClient.builder(ProbeMessages.TYPES)
                .options(options)
                .listener(this)
                .build();
        begin = options.clock().nanoTime();
    }

    /// Returns nanoseconds since this was made.
    long now() {
        return options.clock().nanoTime() - begin;
    }

    /// Connects.
    ///
    /// @return false if the measurement was cancelled before
    /// @throws IOException with a sentence, if there is nobody
    boolean open() throws IOException {
        try {
            client.connect(server);
        } catch (IllegalArgumentException e) {
            throw new ProbeException(String.valueOf(e.getMessage()), e);
        }
        long since = now();
        while (!isOpen) {
            if (isCancelled()) {
                return false;
            }
            turn(LONGEST_WAIT_NANOS);
            if (end != null) {
                throw new ProbeException(end);
            }
            if (isUnreachable && now() - since > BELIEF_NANOS) {
                throw new ProbeException("nobody listens at " + name() + ": is the server running?");
            }
        }
        return true;
    }

    /// Any thread. Ends the measurement soon.
    void cancel() {
        isCancelled = true;
    }

    /// Returns whether it is to end. Interruption counts as that.
    boolean isCancelled() {
        if (cancelledAt == Long.MAX_VALUE
                && (isCancelled || Thread.currentThread().isInterrupted())) {
            cancelledAt = now();
        }
        return cancelledAt != Long.MAX_VALUE;
    }

    /// Returns whether there is no more time, not even for answers.
    boolean isOutOfTime() {
        return isCancelled() && now() - cancelledAt > GRACE_NANOS;
    }

    /// Returns whether the connection is over.
    boolean isOver() {
        return end != null || !client.isConnected();
    }

    /// Returns why the connection is over; null if it is not.
    @Nullable String brokenOff() {
        return end;
    }

    /// Returns whether the connection is over and nothing can be on its way from the server: it was silent for the
    /// timeout, or does not know the connection any more.
    boolean isServerGone() {
        return isServerGone;
    }

    /// Works, and if there is nothing to do waits.
    ///
    /// @param waitNanos at most; less than a sleep takes means not at all
    void turn(long waitNanos) {
        if (client.update() || waitNanos < SHORTEST_WAIT_NANOS) {
            return;
        }
        client.await(Duration.ofNanos(Math.min(waitNanos - SHORTEST_WAIT_NANOS / 2, LONGEST_WAIT_NANOS)));
    }

    /// Sends a payload.
    ///
    /// @return false if too much waits
    /// @throws ProbeException if the connection's protocol cannot carry it
    boolean send(ByteBuffer payload, Channel channel) throws ProbeException {
        try {
            return !isOver() && client.send(payload, channel);
        } catch (IllegalArgumentException e) {
            throw new ProbeException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Requests the server's counts.
    boolean requestStats(int request) {
        boolean isTaken = !isOver() && client.send(ProbeMessages.statsRequest(request), Channel.RELIABLE);
        statsRequests += isTaken ? 1 : 0;
        return isTaken;
    }

    /// Returns whether all payloads have left at least once; then no more may be sent but requests.
    boolean isAllSent() {
        isAllSent |= !isOver() && client.metrics().waiting().outBytes() == 0;
        return isAllSent;
    }

    /// Returns how many payloads have left: exactly, unless counts were requested before all had, for then
    /// some of the requests may count as waiting.
    ///
    /// @param taken by [#send]
    long sent(long taken) {
        return isAllSent ? taken : Math.clamp(client.metrics().sent().messages() - statsRequests, 0, taken);
    }

    /// Returns whether everything has left, and what is reliable has arrived.
    boolean isDrained() {
        Metrics.Waiting waiting = client.metrics().waiting();
        return waiting.outBytes() == 0 && waiting.pendingAcks() == 0;
    }

    @Nullable Duration roundTrip() {
        return client.latency();
    }

    Duration timeout() {
        return options.timeout();
    }

    @Override
    public void accepted() {
        isOpen = true;
    }

    @Override
    public void message(ReceivedMessage message) {
        receiver.accept(message);
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) { // ours: nothing measured after it would be right
            end = "an error of this program: " + failure;
        } else if (client.state() == EndpointState.CONNECTING) {
            isUnreachable = true;
        }
    }

    @Override
    public void rejected(CloseReason reason) {
        end = sentence(reason);
    }

    @Override
    public void disconnected(CloseReason reason) {
        end = sentence(reason);
        isServerGone = reason.cause() == CloseReason.Cause.TIMEOUT || reason.cause() == CloseReason.Cause.RESET;
    }

    private String sentence(CloseReason reason) {
        String why = reason.text().isEmpty() ? "" : ": " + reason.text();
        return switch (reason.cause()) {
            case LOCAL -> "the connection was closed" + why;
            case REMOTE -> "the server at " + name() + " closed the connection" + why;
            case TIMEOUT ->
                isOpen
                        ? "the connection to " + name() + " timed out" + why
                        : "no answer from " + name() + ": is the server running, and its UDP port open?";
            case REJECTED -> "the server at " + name() + " refused the connection" + why;
            case FULL ->
                "the server at " + name() + (isOpen ? " closed the connection" : " refused the connection") + why
                        + "; try again later";
            case VERSION -> "the server at " + name() + " does not speak this protocol: try another --protocol";
            case PROTOCOL -> "the server at " + name() + " broke the protocol" + why;
            case UNTRUSTED -> "no trusted connection to " + name() + why; // either end may be the one that distrusts
            case RESET -> "the server at " + name() + " has restarted, or ended the connection";
            case SOCKET -> "the connection to " + name() + " failed" + why;
        };
    }

    /// Returns the server as the caller named it.
    private String name() {
        return ErrorText.of(server.getHostString(), server.getPort());
    }

    @Override
    public void close() {
        client.close();
    }
}
