package dev.pitot.lab.remote;

import dev.pitot.lab.time.MachineClock;
import dev.pitot.model.time.NanoClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A command whose two outputs are read by threads of its own, or by the one that waits for its end.
/// Its listener gets one line at a time, in the order of arrival, until the end is known. What a listener throws is
/// dropped
/// together with the line: reading goes on, since a command whose output nobody takes would stand
/// still. Any thread may use it.
final class StreamedCommand implements RunningCommand {
    private static final NanoClock CLOCK = new MachineClock();
    private static final Duration LISTENER_TIMEOUT = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofDays(10_000); // fits into 63 bits of nanoseconds
    private static final int BYTES_AT_ONCE = 8192;
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_LOOKS = 20; // 10 s
    /// A reader of a machine without a free processor may stand still for a second, with lines still to read.
    private static final int SILENT_LOOKS = 4;

    private final Carrier carrier;
    private final LineListener listener;
    private final InstantSource wallClock;
    private final ReentrantLock turn = new ReentrantLock(true); // fair: in the order of arrival
    private final Map<OutputLine.Origin, LineSplitter> splitters =
            Map.of(OutputLine.Origin.OUT, new LineSplitter(), OutputLine.Origin.ERR, new LineSplitter());
    private final CountDownLatch reading;
    private final AtomicLong reads = new AtomicLong();
    private final CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile boolean isAborting;
    private volatile boolean isOver;
    private volatile long lastByteNanos = CLOCK.nanoTime();

    /// A command that runs, as seen from here.
    interface Carrier {
        /// Standard output and standard error, to be read by threads; none where [#awaitEnd] reads them.
        Map<OutputLine.Origin, InputStream> outputs();

        /// The kind and the name of the threads that read.
        Thread.Builder threads();

        /// Waits for the end, as long as it takes.
        ///
        /// @param command takes what is read meanwhile
        CommandEnd awaitEnd(StreamedCommand command) throws InterruptedException;

        /// Ends it, by force after a moment; returns within half a second, or a second on a busy machine.
        void abort();

        /// Gives back what it holds, when nothing is read from it any more.
        void release();
    }

    private StreamedCommand(Carrier carrier, LineListener listener, InstantSource wallClock) {
        this.carrier = carrier;
        this.listener = listener;
        this.wallClock = wallClock;
        this.reading = new CountDownLatch(carrier.outputs().size());
    }

    /// Starts to read.
    ///
    /// @param commands holds it until it has ended
    static StreamedCommand start(
            Carrier carrier, LineListener listener, InstantSource wallClock, CommandRegistry commands) {
        var command = new StreamedCommand(carrier, listener, wallClock);
        commands.add(command);
        Thread.Builder threads = carrier.threads();
        carrier.outputs().forEach((origin, in) -> threads.start(() -> command.read(in, origin)));
        Thread.ofVirtual().name("command-end").start(() -> {
            command.awaitEnd();
            commands.remove(command);
        });
        return command;
    }

    private void read(InputStream in, OutputLine.Origin origin) {
        var bytes = new byte[BYTES_AT_ONCE];
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                take(origin, bytes, count);
            }
        } catch (IOException _) { // closed by us, or the connection broke: what was read counts
        } finally {
            takeEnd(origin);
            reading.countDown();
        }
    }

    /// Takes bytes of an output, of which one thread reads.
    void take(OutputLine.Origin origin, byte[] bytes, int count) {
        Instant arrival = wallClock.instant();
        lastByteNanos = CLOCK.nanoTime();
        splitter(origin).take(bytes, count, text -> onLine(new OutputLine(arrival, origin, text)));
        reads.incrementAndGet();
    }

    /// Takes the end of an output.
    void takeEnd(OutputLine.Origin origin) {
        splitter(origin).end(text -> takeLine(origin, text));
    }

    private LineSplitter splitter(OutputLine.Origin origin) {
        return Objects.requireNonNull(splitters.get(origin));
    }

    /// Takes a whole line, whatever the output is at.
    void takeLine(OutputLine.Origin origin, String text) {
        onLine(new OutputLine(wallClock.instant(), origin, text));
    }

    private void onLine(OutputLine line) {
        turn.lock();
        try {
            if (!isOver) {
                listener.onLine(line);
            }
        } catch (RuntimeException | Error _) {
            // a fault of the listener's must not stop the command's output
        } finally {
            turn.unlock();
        }
    }

    private void awaitEnd() {
        try {
            CommandEnd how = carrier.awaitEnd(this);
            awaitLastLine();
            stopListening(Duration.ZERO);
            end.complete(how);
        } catch (InterruptedException _) { // nobody interrupts it; if somebody did: it was let go
            end.complete(new CommandEnd.Abandoned());
        } finally {
            carrier.release();
        }
    }

    /// Waits for the last line of a command that has ended. A process that it left behind may
    /// hold its outputs open: then 2 s of silence, or 10 s in all, are taken for the end.
    private void awaitLastLine() throws InterruptedException {
        long before = reads.get();
        int silentLooks = 0;
        for (int look = 0; look < MOST_LOOKS && silentLooks < SILENT_LOOKS; look++) {
            if (reading.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            long now = reads.get();
            silentLooks = now == before && !turn.isLocked() ? silentLooks + 1 : 0;
            before = now;
        }
    }

    /// The listener gets no more lines; waits a moment for a listener that is at work.
    private void stopListening(Duration timeout) throws InterruptedException {
        isOver = true;
        if (turn.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            turn.unlock();
        }
    }

    @Override
    public @Nullable CommandEnd await(Duration timeout) throws InterruptedException {
        Duration bounded = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
        try {
            return end.get(bounded.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) { // nobody completes it so
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(CLOCK.nanoTime() - lastByteNanos);
    }

    @Override
    public void close() {
        boolean isRunning = !end.isDone();
        try {
            if (isRunning) {
                stopListening(LISTENER_TIMEOUT);
            } else if (isAborting) { // on another thread: what comes after this call may end the program
                var _ = aborted.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (isRunning) {
            isAborting = true;
            end.complete(new CommandEnd.Abandoned());
            carrier.abort();
            aborted.countDown();
        }
    }
}
