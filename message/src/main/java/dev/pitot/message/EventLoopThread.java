package dev.pitot.message;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which thread an endpoint belongs to, and how others get things done by it. Until
/// [#bind(Thread, Runnable)] and after [#unbind()] it is the caller's, whoever that
/// is.
final class EventLoopThread {
    private static final long TIMEOUT_SECONDS = 1;

    private final CommandQueue commands;
    private final ConcurrentLinkedQueue<Runnable> urgent = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread thread;
    private volatile Runnable wakeup = () -> {};

    EventLoopThread(EndpointOptions.Queue bounds) {
        commands = new CommandQueue(bounds);
    }

    /// From now on that thread owns it.
    ///
    /// @param waker gets it out of its waiting
    void bind(Thread owner, Runnable waker) {
        wakeup = waker;
        thread = owner;
    }

    void unbind() {
        thread = null;
    }

    /// Whether the calling thread may touch everything.
    boolean isCurrentThread() {
        Thread owner = thread;
        return owner == null || owner.equals(Thread.currentThread());
    }

    CommandQueue commands() {
        return commands;
    }

    void wake() {
        wakeup.run();
    }

    /// Whether anything waits for the owner.
    boolean isIdle() {
        return commands.isEmpty() && urgent.isEmpty();
    }

    /// Does something, here or there, after what was sent before.
    void execute(Runnable action) {
        if (isCurrentThread()) {
            action.run();
        } else {
            commands.act(action);
            wake();
        }
    }

    /// The owner's answer.
    ///
    /// @throws IllegalStateException with a sentence, if it does not answer
    <T> T ask(Supplier<T> question) {
        if (isCurrentThread()) {
            return question.get();
        }
        var answer = new CompletableFuture<T>();
        Runnable asking = () -> answer.complete(question.get());
        urgent.add(asking);
        wake();
        try {
            while (true) {
                try {
                    return answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    if (!isCurrentThread()) { // else the thread has ended meanwhile, and everybody may look
                        throw new IllegalStateException(
                                "The endpoint's thread does not answer: a handler on it takes too long.", e);
                    }
                    runUrgent();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The thread was interrupted while the endpoint was asked.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The endpoint could not answer: " + e.getCause(), e);
        } finally {
            urgent.remove(asking); // nobody waits for it any more
        }
    }

    /// Answers those who ask. The owner only.
    ///
    /// @return whether there was anybody
    boolean runUrgent() {
        boolean wasAny = false;
        for (Runnable next = urgent.poll(); next != null; next = urgent.poll()) {
            next.run();
            wasAny = true;
        }
        return wasAny;
    }
}
