package dev.pitot.message;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The event loop of an endpoint, client or server: what other threads gave, then a turn of its role. It
/// belongs to whoever calls [#update()], or from [#start(String)] on to a platform daemon thread of its
/// own, which waits as it was told and ends when the endpoint is over. Other threads give it commands
/// and ask it.
final class EndpointLoop {
    private static final int SENDS_PER_TURN = 4096;
    private static final int FAIL_ATTEMPTS = 3;
    private static final long ANSWER_SECONDS = 1;

    /// How long a closed endpoint may go on for what was sent before.
    private static final long GRACE_NANOS = Duration.ofMillis(500).toNanos();

    /// How long who closes it waits: what is left of a second, for handlers that take their time.
    private static final Duration TIMEOUT = Duration.ofMillis(850);

    private static final Duration LAST_TIMEOUT = Duration.ofMillis(100);
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STUCK_WAIT_NANOS = Duration.ofMillis(1).toNanos();

    private final CommandQueue commands;
    private final ConcurrentLinkedQueue<Runnable> urgent = new ConcurrentLinkedQueue<>();
    private final IdleStrategy idle;
    private final RelativeClock time;
    private final CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>(); // its thread
    private final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>(); // and this is told
    private volatile @Nullable EndpointRole role; // null until a server listens
    private @Nullable SafeListener listener; // the same
    private volatile @Nullable Thread owner; // null: whoever calls
    private volatile boolean isClosing;
    private volatile boolean isAsleep;
    private volatile boolean isCutOff; // it has no socket any more, though a handler may still run
    private boolean isTurning;
    private boolean isToClose;
    private int stuckTurns; // in which what was given could not be taken
    private @Nullable Thread thread;

    EndpointLoop(EndpointOptions options) {
        commands = new CommandQueue(options.queue());
        idle = options.idle();
        time = new RelativeClock(options.clock());
    }

    /// From now on it does that.
    ///
    /// @param heardBy who hears of its end
    void begin(EndpointRole what, SafeListener heardBy) {
        listener = heardBy;
        role = what;
    }

    /// Any thread. What its role is doing.
    EndpointState state() {
        EndpointRole its = role;
        return its == null || isCutOff ? EndpointState.DISCONNECTED : its.state();
    }

    /// Gives it a thread of its own.
    void start(String name) {
        Thread made = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        thread = made;
        ownedBy(made);
        made.start();
    }

    /// From now on that thread may touch everything; null for whoever calls.
    void ownedBy(@Nullable Thread its) {
        owner = its;
    }

    /// Any thread. Completes when the thread of its own has ended and the listener was called, a second after that
    /// end at most: with null, or with what it failed by.
    CompletableFuture<@Nullable Throwable> closed() {
        return closed.copy();
    }

    /// Whether the calling thread may touch everything.
    boolean isCurrentThread() {
        Thread its = owner;
        return its == null || its.equals(Thread.currentThread());
    }

    /// Any thread. What is to be sent, and done.
    CommandQueue commands() {
        return commands;
    }

    /// Any thread. Tells it that there is something to do.
    void wake() {
        if (isAsleep) {
            wakeup();
        }
    }

    /// Any thread. Ends a waiting, the present or the next one.
    void wakeup() {
        switch (idle) {
            case IdleStrategy.Spin() -> {}
            case IdleStrategy.Park _ -> LockSupport.unpark(owner);
            case IdleStrategy.Select() -> {
                EndpointRole its = role;
                if (its != null) {
                    its.wakeup();
                }
            }
        }
    }

    /// Whether nothing waits for the owner.
    boolean isIdle() {
        return commands.isEmpty() && urgent.isEmpty();
    }

    /// Any thread. Does something, here or there, after what was sent before.
    void execute(Runnable action) {
        if (isCurrentThread()) {
            action.run();
        } else if (commands.act(action)) {
            wake();
        } else { // its thread takes nothing any more, so this waits for its end
            CompletableFuture<Void> _ = ended.thenRun(action);
        }
    }

    /// Any thread. Sends a message after what was sent before, and tells when it is confirmed.
    ///
    /// @param payload is copied, unless this is the owner's thread
    /// @param wantRoom called if there is no room, as `send` does by itself
    CompletableFuture<Void> confirmed(
            ByteBuffer payload,
            Channel channel,
            BiPredicate<ByteBuffer, Channel> send,
            Consumer<CompletableFuture<Void>> whenConfirmed,
            Runnable wantRoom) {
        if (!channel.kind().isReliable()) {
            throw new IllegalArgumentException("only messages on a reliable channel are confirmed, not on " + channel);
        }
        var confirmed = new CompletableFuture<Void>();
        boolean isHere = isCurrentThread();
        if (!isHere && commands.isFull()) {
            wantRoom.run();
            confirmed.completeExceptionally(tooMuchWaits());
            return confirmed;
        }
        ByteBuffer own = isHere
                ? payload
                : ByteBuffer.allocate(payload.remaining())
                        .put(payload.duplicate())
                        .flip();
        execute(() -> {
            try {
                if (send.test(own, channel)) {
                    whenConfirmed.accept(confirmed);
                } else {
                    confirmed.completeExceptionally(tooMuchWaits());
                }
            } catch (RuntimeException e) { // the connection's word on what it does not carry
                confirmed.completeExceptionally(e);
            }
        });
        return confirmed;
    }

    private static IllegalStateException tooMuchWaits() {
        return new IllegalStateException("Too much waits to be sent: try again later.");
    }

    /// Any thread. The owner's answer.
    ///
    /// @throws IllegalStateException with a sentence, if it does not answer
    <T> T ask(Supplier<T> question) {
        if (isCurrentThread()) {
            return question.get();
        }
        var answer = new CompletableFuture<T>();
        Runnable asking = () -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) { // the asker's to hear, as if it had asked on this thread
                answer.completeExceptionally(e);
            }
        };
        urgent.add(asking);
        wake();
        if (isCurrentThread()) { // the thread has ended meanwhile, and everybody may look
            boolean _ = runUrgent();
        }
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The endpoint's thread does not answer: a handler on it takes too long.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The thread was interrupted while the endpoint was asked.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EndpointStateException why) {
                throw new EndpointStateException(why.state(), String.valueOf(why.getMessage()));
            }
            throw new IllegalStateException("The endpoint could not answer: " + e.getCause(), e);
        } finally {
            urgent.remove(asking); // nobody waits for it any more
        }
    }

    private boolean runUrgent() {
        boolean wasAny = false;
        for (Runnable next = urgent.poll(); next != null; next = urgent.poll()) {
            next.run();
            wasAny = true;
        }
        return wasAny;
    }

    /// What other threads gave, and a turn of the role. The owner only.
    ///
    /// @return whether there was anything to do
    /// @throws EndpointStateException if a handler calls it
    boolean update() {
        if (isTurning) {
            throw new EndpointStateException(state(), "A handler must not call update(): it is called by it.");
        }
        EndpointRole its = role;
        if (its == null) {
            return runUrgent();
        }
        isTurning = true;
        boolean wasBusy;
        try {
            wasBusy = runUrgent();
            wasBusy |= commands.drain(its, SENDS_PER_TURN) > 0;
            wasBusy |= its.turn();
        } finally {
            isTurning = false;
        }
        if (isToClose) {
            end();
        }
        return wasBusy;
    }

    /// Closes the endpoint at once; if a handler asks for it, behind the present turn. The owner only.
    void end() {
        EndpointRole its = role;
        isToClose = isTurning;
        if (its == null || isTurning) {
            return;
        }
        isTurning = true;
        try {
            its.close();
        } finally {
            isTurning = false;
            isToClose = false;
        }
    }

    /// Waits until there is something to do in [#update()], or the time is over. The owner only.
    void await(long nanos) {
        EndpointRole its = role;
        if (its != null) {
            its.await(nanos);
        }
    }

    private void run() {
        Throwable failure = null;
        EndpointRole its = role;
        try {
            turnUntilOver(its);
            end();
        } catch (Throwable e) { // whatever it is: no port stays behind, and its user hears of it
            failure = e;
            fail(its, e);
        }
        commands.close();
        if (its != null) {
            drainLate(its);
        }
        ownedBy(null);
        try {
            boolean _ = runUrgent(); // who asked while it ended
        } finally {
            ended.complete(failure);
            if (listener != null) {
                listener.completeAfterAll(closed, failure);
            }
        }
    }

    /// Without memory each step may fail too, until another has given some back: so each is tried again.
    private void fail(@Nullable EndpointRole its, Throwable cause) {
        for (int left = FAIL_ATTEMPTS; left > 0; left--) {
            try {
                cutOff();
                if (its != null) {
                    its.fail(cause);
                }
                return;
            } catch (Throwable _) { // the first one is what is reported
            }
        }
    }

    /// What was given too late, and is counted as that.
    private void drainLate(EndpointRole its) {
        CommandQueue.Consumer consumer = its;
        boolean isDone = false;
        while (!isDone) {
            try {
                commands.drain(consumer, Integer.MAX_VALUE);
                isDone = true;
            } catch (Throwable _) { // the endpoint is over, and who waits for its end must hear of it
                consumer = (_, _, _) -> true;
            }
        }
    }

    private void turnUntilOver(@Nullable EndpointRole its) {
        long closeBy = Long.MAX_VALUE;
        while (its != null && !its.isOver(isClosing) && time.now() < closeBy) {
            if (isClosing && closeBy == Long.MAX_VALUE) {
                closeBy = time.now() + GRACE_NANOS;
                boolean _ = commands.act(its::disconnect); // after what was sent before
            }
            if (!update()) {
                pause();
            }
        }
    }

    private void pause() {
        switch (idle) {
            case IdleStrategy.Spin() -> Thread.onSpinWait();
            case IdleStrategy.Park(Duration length) -> {
                isAsleep = true;
                if (isIdle()) {
                    LockSupport.parkNanos(length.toNanos());
                }
                isAsleep = false;
            }
            case IdleStrategy.Select() -> {
                isAsleep = true;
                if (isIdle()) { // else it was given something before it could be woken
                    stuckTurns = 0;
                    await(isClosing ? GRACE_NANOS / 10 : LONGEST_WAIT_NANOS);
                } else if (++stuckTurns > 1) { // or its connection takes nothing at present
                    await(STUCK_WAIT_NANOS);
                }
                isAsleep = false;
            }
        }
        if (!isClosing && Thread.interrupted()) { // a handler's doing: it would end each further waiting at once
            Thread.onSpinWait();
        }
    }

    private void cutOff() {
        isCutOff = true;
        EndpointRole its = role;
        if (its != null) {
            its.cutOff();
        }
    }

    /// Ends the thread of its own and closes the endpoint; returns within a second. Called by a handler
    /// on the thread itself it returns at once. Any thread, any number of times.
    void stop() {
        Thread its = thread;
        isClosing = true;
        if (its == null || its.equals(Thread.currentThread())) {
            return;
        }
        wake();
        try {
            if (!its.join(TIMEOUT)) { // a handler does not return
                cutOff();
                its.interrupt();
                boolean _ = its.join(LAST_TIMEOUT);
            }
        } catch (InterruptedException _) { // the caller is in a hurry: the thread ends by itself
            Thread.currentThread().interrupt();
        }
    }
}
