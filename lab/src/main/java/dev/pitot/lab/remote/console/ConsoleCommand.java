package dev.pitot.lab.remote.console;

import dev.pitot.lab.remote.CommandEnd;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.remote.RunningCommand;
import dev.pitot.model.time.NanoClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command behind a console. One thread hands on its lines; any may wait for it or let it go.
final class ConsoleCommand implements RunningCommand {
    private static final int KEPT_STRAYS = 1_000;
    private static final long LETTING_GO_MILLIS = 500;

    private final int number;
    private final LineListener listener;
    private final InstantSource wallClock;
    private final NanoClock clock;
    private final LineAssembler out = new LineAssembler();
    private final LineAssembler err = new LineAssembler();
    private final BlockingQueue<String> strays = new ArrayBlockingQueue<>(KEPT_STRAYS);
    private volatile long lastByteNanos;
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    private final ReentrantLock delivery = new ReentrantLock();

    ConsoleCommand(int number, LineListener listener, InstantSource wallClock, NanoClock clock) {
        this.number = number;
        this.listener = listener;
        this.wallClock = wallClock;
        this.clock = clock;
        lastByteNanos = clock.nanoTime();
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(clock.nanoTime() - lastByteNanos);
    }

    int number() {
        return number;
    }

    /// A line of the console that is nobody's; the oldest thousand are kept until they are
    /// handed on.
    void stray(String line) {
        strays.offer(line);
    }

    /// Hands on what came: lines of the console itself first, as if of standard error.
    void deliver(String outPiece, String errPiece) {
        if (!outPiece.isEmpty() || !errPiece.isEmpty()) {
            lastByteNanos = clock.nanoTime();
        }
        for (String line = strays.poll(); line != null; line = strays.poll()) {
            deliver(OutputLine.Origin.ERR, List.of(line));
        }
        deliver(OutputLine.Origin.OUT, out.of(outPiece));
        deliver(OutputLine.Origin.ERR, err.of(errPiece));
    }

    /// Hands on the rest, and ends.
    void finish(CommandEnd how) {
        deliver("", "");
        deliver(OutputLine.Origin.OUT, out.rest());
        deliver(OutputLine.Origin.ERR, err.rest());
        end.complete(how);
    }

    private void deliver(OutputLine.Origin origin, List<String> lines) {
        Instant arrival = wallClock.instant();
        for (String line : lines) {
            delivery.lock();
            try {
                if (end.isDone()) {
                    return;
                }
                listener.onLine(new OutputLine(arrival, origin, line));
            } finally {
                delivery.unlock();
            }
        }
    }

    /// Nothing new is heard of it, though a line may be on its way.
    void abandon() {
        end.complete(new CommandEnd.Abandoned());
    }

    @Override
    public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
        try {
            return end.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) { // it goes on
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("never completed so", e);
        }
    }

    @Override
    public void close() {
        abandon();
        try {
            if (delivery.tryLock(LETTING_GO_MILLIS, TimeUnit.MILLISECONDS)) { // a line that is on its way is heard
                delivery.unlock();
            }
        } catch (InterruptedException e) { // whoever is interrupted does not wait for that line
            Thread.currentThread().interrupt();
        }
    }
}
