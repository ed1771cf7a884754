package dev.pitot.message;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread of an endpoint that works by itself: a platform daemon thread that owns everything
/// of it, waits as it was told, and ends when the endpoint is over or closed.
final class EndpointThread {
    /// How long a closed endpoint may go on for what was sent before.
    private static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /// How long who closes it waits: what is left of a second, for handlers that take their time.
    private static final Duration TIMEOUT = Duration.ofMillis(850);

    private static final Duration LAST_TIMEOUT = Duration.ofMillis(100);
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long STUCK_WAIT_NANOS = Duration.ofMillis(1).toNanos();

    private final Work work;
    private final EventLoopThread eventLoop;
    private final IdleStrategy idle;
    private final RelativeClock time;
    private final Thread thread;
    private final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
    private int stuckTurns; // in which what was given could not be taken; the thread's
    private volatile boolean isClosing;
    private volatile boolean isAsleep;

    /// What it does.
    interface Work {
        /// One turn; see [MessageServer#update()].
        boolean update();

        /// Waits until there is something to do in a turn.
        void await(long nanos);

        /// Any thread. Ends a waiting.
        void wakeup();

        /// Whether there is nothing to do any more, ever.
        boolean isOver(boolean isClosing);

        /// Begins to close, after what was sent before.
        void disconnect();

        /// Frees everything.
        void close();

        /// Any thread. Takes the sockets away.
        void cutOff();

        /// Frees everything though it failed, and tells its user that and why it is over.
        void fail(Throwable cause);
    }

    EndpointThread(String name, Work work, EventLoopThread eventLoop, EndpointOptions options) {
        this.work = work;
        this.eventLoop = eventLoop;
        idle = options.idle();
        time = new RelativeClock(options.clock());
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        eventLoop.bind(thread, this::wake);
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /// Any thread. Tells it that there is something to do.
    void wake() {
        if (isAsleep) {
            switch (idle) {
                case IdleStrategy.Spin() -> {}
                case IdleStrategy.Park _ -> LockSupport.unpark(thread);
                case IdleStrategy.Select() -> work.wakeup();
            }
        }
    }

    private void run() {
        Throwable failure = null;
        try {
            turn();
            work.close();
        } catch (Throwable e) { // whatever it is, OutOfMemoryError too: no port stays behind, and its user hears of it
            failure = e;
            work.cutOff();
            work.fail(e);
        }
        eventLoop.unbind();
        eventLoop.runUrgent(); // who asked while it ended
        closed.complete(failure);
    }

    private void turn() {
        long closeBy = Long.MAX_VALUE;
        while (!work.isOver(isClosing) && time.now() < closeBy) {
            if (isClosing && closeBy == Long.MAX_VALUE) {
                closeBy = time.now() + GRACE_NANOS;
                eventLoop.commands().act(work::disconnect);
            }
            if (!work.update()) {
                pause();
            }
        }
    }

    /// Any thread. Completes when the endpoint is over and its user has been told: with null, or with what it
    /// failed by.
    CompletableFuture<@Nullable Throwable> closed() {
        return closed.copy();
    }

    private void pause() {
        switch (idle) {
            case IdleStrategy.Spin() -> Thread.onSpinWait();
            case IdleStrategy.Park(Duration length) -> {
                isAsleep = true;
                if (eventLoop.isIdle()) {
                    LockSupport.parkNanos(length.toNanos());
                }
                isAsleep = false;
            }
            case IdleStrategy.Select() -> {
                isAsleep = true;
                if (eventLoop.isIdle()) { // else it was given something before it could be woken
                    stuckTurns = 0;
                    work.await(isClosing ? GRACE_NANOS / 10 : LONGEST_WAIT_NANOS);
                } else if (++stuckTurns > 1) { // or its connection takes nothing at present
                    work.await(STUCK_WAIT_NANOS);
                }
                isAsleep = false;
            }
        }
        if (!isClosing && Thread.interrupted()) { // a handler's doing: it would end each further waiting at once
            Thread.onSpinWait();
        }
    }

    /// Closes the endpoint; returns within a second. Called by a handler on the thread itself it
    /// returns at once. Any thread, any number of times.
    void close() {
        isClosing = true;
        if (thread.equals(Thread.currentThread())) {
            return;
        }
        wake();
        try {
            if (!thread.join(TIMEOUT)) { // a handler does not return
                work.cutOff();
                thread.interrupt();
                boolean _ = thread.join(LAST_TIMEOUT);
            }
        } catch (InterruptedException _) { // the caller is in a hurry: the thread ends by itself
            Thread.currentThread().interrupt();
        }
    }
}
