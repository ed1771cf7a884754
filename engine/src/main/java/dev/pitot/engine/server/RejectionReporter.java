package dev.pitot.engine.server;

import dev.pitot.engine.session.AddressText;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.time.NanoClock;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports rejected or lost connections to a server's listeners, with counts instead of a flood of events
/// ([RejectionCounts]). Safe for any thread; has its own thread while there is something to count.
final class RejectionReporter implements AutoCloseable {
    private static final long LOOK_SECONDS = 1;

    private final Consumer<ServerEvent> announcer;
    private final NanoClock clock;
    private final RejectionCounts counts = new RejectionCounts(); // guarded by this
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isWatched; // guarded by this

    /// @param announcer accepts events on any thread without waiting
    RejectionReporter(Consumer<ServerEvent> announcer, NanoClock clock) {
        this.announcer = announcer;
        this.clock = clock;
    }

    /// Reports a connection that was rejected or lost.
    ///
    /// @param from its remote address, if known
    void add(String reason, @Nullable InetSocketAddress from) {
        add(reason, from, null);
    }

    /// Reports a connection with the exception that ended it.
    void add(String reason, @Nullable InetSocketAddress from, @Nullable Throwable cause) {
        ServerEvent event = count(RejectionCounts.Kind.CONNECTION, reason, from, cause);
        if (event != null) {
            announcer.accept(event);
        }
    }

    /// Reports a client that was refused because the server is busy.
    void addBusy(@Nullable InetSocketAddress from) {
        add("connection refused: " + IperfError.BUSY.text(), from);
    }

    /// Counts a finished test if its parameters were never negotiated, unless it was cancelled here.
    ///
    /// @return the event to announce after those of the test's listeners; null for none
    @Nullable ServerEvent count(Outcome outcome, @Nullable InetSocketAddress from) {
        String reason = outcome.report().start() == null ? reason(outcome.ending()) : null;
        return reason == null ? null : count(RejectionCounts.Kind.TEST, reason, from, null);
    }

    private static @Nullable String reason(Ending ending) {
        return switch (ending) {
            case Ending.Completed _, Ending.Cancelled _ -> null;
            case Ending.Busy _ -> refused(IperfError.BUSY.text());
            case Ending.Failed failed -> refused(failed.error().text(failed.reason()));
            case Ending.PeerTerminated _, Ending.PeerGone _ ->
                "a client disconnected before the test parameters were negotiated";
        };
    }

    private static String refused(String why) {
        return "client refused: " + why;
    }

    private synchronized @Nullable ServerEvent count(
            RejectionCounts.Kind kind, String reason, @Nullable InetSocketAddress from, @Nullable Throwable cause) {
        if (!isWatched && closed.getCount() > 0) {
            isWatched = true;
            Thread.ofVirtual().name("pitot-rejections").start(this::watch);
        }
        String host = from == null ? null : AddressText.endpoint(from).host();
        return counts.add(new RejectionCounts.Reason(kind, reason), host, cause, clock.nanoTime());
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                if (!tellDue()) {
                    return;
                }
            }
        } catch (InterruptedException _) { // this thread is never interrupted
        }
    }

    /// @return true if more will follow
    private synchronized boolean tellDue() {
        counts.due(clock.nanoTime()).forEach(announcer);
        isWatched = !counts.isEmpty();
        return isWatched;
    }

    /// Reports the remaining counts.
    @Override
    public void close() {
        List<ServerEvent> rest;
        synchronized (this) {
            closed.countDown();
            rest = counts.rest(clock.nanoTime());
        }
        rest.forEach(announcer);
    }
}
