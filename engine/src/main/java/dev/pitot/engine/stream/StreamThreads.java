package dev.pitot.engine.stream;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.time.NanoClock;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Streams of a test and their threads: platform threads, because they never idle and block in the
/// kernel. Belongs to the session's thread; [#requestStop(StreamRole)] may be called by any.
public final class StreamThreads implements AutoCloseable {
    /// A stream ends within one polling slice; much more means that the host is overloaded.
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(2);

    /// Time that a stopped stream may still wait for its file (`-F`), which may be a pipe. Less than a second, in
    /// which every test can be cancelled.
    private static final long FILE_MILLIS = 500;

    private final List<OpenStream> streams;
    private final ThreadStart threadStart;
    private final LongSupplier threadIds;
    private final NanoClock clock;
    private final AtomicLongArray ids; // in the order of the streams; 0 until a thread has begun
    private final long[] endNanos; // in the order of the streams; written before a worker's `ended` is 0
    private final Observer observer;
    private final AtomicInteger sendersAtWork;
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private long startNanos; // written before the threads go on

    /// Observer of the streams. Called on the streams' threads; must not block.
    public interface Observer {
        /// Called when a connection broke while its stream was still in use, or when the stream's thread
        /// failed.
        ///
        /// @param failure an `IOException`, or a runtime exception or error, which is a bug
        void onStreamFailed(OpenStream stream, Throwable failure);

        /// Called when every sender has used up the quota, or its file.
        void onSendersDone();
    }

    /// @param ended 0 when the stream has ended; its thread remains until [#close()], so that the
    ///     kernel still knows its times
    private record Worker(OpenStream open, int index, Thread thread, CountDownLatch ended) {
        boolean hasRole(StreamRole role) {
            return open.info().role() == role;
        }

        boolean hasEnded() {
            return ended.getCount() == 0 || !thread.isAlive();
        }

        void requestStop() {
            open.stream().stop();
            LockSupport.unpark(thread); // a paced sender may be parked
        }

        void awaitEnd(long millis) throws InterruptedException {
            if (!hasEnded()) {
                var _ = ended.await(millis, TimeUnit.MILLISECONDS);
            }
        }
    }

    /// Action that each stream's thread runs first, such as binding itself to a processor core.
    @FunctionalInterface
    public interface ThreadStart {
        void run() throws IOException;
    }

    /// @param threadIds source of the kernel's number of the calling thread
    public StreamThreads(
            List<OpenStream> streams,
            ThreadStart threadStart,
            LongSupplier threadIds,
            NanoClock clock,
            Observer observer) {
        this.streams = List.copyOf(streams);
        this.threadStart = threadStart;
        this.threadIds = threadIds;
        this.clock = clock;
        this.observer = observer;
        ids = new AtomicLongArray(this.streams.size());
        endNanos = new long[this.streams.size()];
        long senders = this.streams.stream()
                .filter(open -> open.info().role().isSender())
                .count();
        sendersAtWork = new AtomicInteger((int) senders);
        for (int i = 0; i < this.streams.size(); i++) {
            workers.add(worker(this.streams.get(i), i));
        }
    }

    private Worker worker(OpenStream open, int index) {
        String name = "pitot-stream-" + open.info().label();
        var ended = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            ids.setOpaque(index, threadIds.getAsLong());
            try {
                work(open);
            } finally {
                endNanos[index] = clock.nanoTime();
                ended.countDown();
            }
            awaitUninterrupted(closed);
        });
        return new Worker(open, index, thread, ended);
    }

    /// No program interrupts a stream's thread.
    private static void awaitUninterrupted(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) { // as above
            }
        }
    }

    /// Kernel's number of a stream's thread; 0 until it has begun, −1 if unknown.
    ///
    /// @param index the stream's place in [#streams()]
    public long threadId(int index) {
        return ids.getOpaque(index);
    }

    public List<OpenStream> streams() {
        return streams;
    }

    /// Starts the threads, which then wait for [#start(long)]: this takes none of the test's time.
    public void prepare() {
        for (Worker worker : workers) {
            worker.thread.start();
        }
    }

    /// Starts the streams.
    ///
    /// @param testStartNanos start of the test
    public void start(long testStartNanos) {
        startNanos = testStartNanos;
        started.countDown();
    }

    private void work(OpenStream open) {
        try {
            threadStart.run();
            awaitUninterrupted(started);
            open.stream().transfer(startNanos);
        } catch (IOException e) {
            if (!open.stream().isStopped()) {
                observer.onStreamFailed(open, e);
            }
            return;
        } catch (RuntimeException | Error e) { // a bug: the test must still not wait for this stream
            MemoryShortage.report(e);
            observer.onStreamFailed(open, e);
            return;
        }
        boolean hasUsedQuota = open.info().role().isSender() && !open.stream().isStopped();
        if (hasUsedQuota && sendersAtWork.decrementAndGet() == 0) {
            observer.onSendersDone();
        }
    }

    /// Asks the streams of a role to end, without closing their connections. One that waits for its peer ends after
    /// its polling slice. Any thread.
    public void requestStop(StreamRole role) {
        workers.stream().filter(worker -> worker.hasRole(role)).forEach(Worker::requestStop);
    }

    /// Waits for the end of the streams of a role that were asked to end. Their counters no longer change when this
    /// returns.
    ///
    /// @return when the last of them ended: no later than now, and no earlier than `earliestNanos`
    public long awaitEnd(StreamRole role, long earliestNanos) {
        Predicate<Worker> isMeant = worker -> worker.hasRole(role);
        join(isMeant);
        long now = clock.nanoTime();
        return workers.stream()
                .filter(isMeant)
                .mapToLong(worker -> worker.ended.getCount() == 0 ? endNanos[worker.index] : now)
                .reduce(earliestNanos, (a, b) -> a - b > 0 ? a : b);
    }

    /// True if all streams of a role have ended.
    public boolean hasEnded(StreamRole role) {
        return workers.stream().allMatch(worker -> !worker.hasRole(role) || worker.hasEnded());
    }

    /// Shuts down the sending direction of byte-stream connections: what they have accepted still arrives, and a
    /// sender that waits in a call ends. Any thread.
    public void endSending() {
        for (OpenStream open : streams) {
            if (open.info().role().isSender() && open.connection() instanceof TcpConnection connection) {
                connection.shutdownOutput();
            }
        }
    }

    /// Stops all streams and shuts down their connections. Returns very soon; the counters no longer
    /// change then.
    public void abort() {
        workers.forEach(Worker::requestStop);
        streams.forEach(open -> open.connection().shutdown());
        started.countDown(); // threads of a test that was never started
        join(_ -> true);
    }

    /// Returns the arrival time of the first data of all streams. Call only after their threads have
    /// ended.
    ///
    /// @param latest result if no data arrived before it
    public long firstArrivalNanos(long latest) {
        long first = latest;
        for (ReceivingStream stream : thatReceived()) {
            first = stream.firstNanos() - first < 0 ? stream.firstNanos() : first;
        }
        return first;
    }

    /// Returns the arrival time of the last data of all streams. Call only after their threads have
    /// ended.
    ///
    /// @param earliest result if no data arrived after it
    public long lastArrivalNanos(long earliest) {
        long last = earliest;
        for (ReceivingStream stream : thatReceived()) {
            last = stream.lastNanos() - last > 0 ? stream.lastNanos() : last;
        }
        return last;
    }

    private List<ReceivingStream> thatReceived() {
        return streams.stream()
                .filter(open -> open.stream().snapshot().bytes() > 0)
                .map(OpenStream::stream)
                .filter(ReceivingStream.class::isInstance)
                .map(ReceivingStream.class::cast)
                .toList();
    }

    /// Stops all streams and closes their connections.
    @Override
    public void close() {
        abort();
        closed.countDown();
        awaitAll(worker -> worker.thread.join(FILE_MILLIS), _ -> true);
        streams.forEach(open -> open.connection().close());
    }

    private void join(Predicate<Worker> isMeant) {
        awaitAll(worker -> worker.awaitEnd(FILE_MILLIS), isMeant);
        workers.stream().filter(isMeant).forEach(worker -> worker.open.closeFile());
        awaitAll(worker -> worker.awaitEnd(JOIN_MILLIS - FILE_MILLIS), isMeant);
    }

    /// Wait for a worker, with a timeout.
    private interface Wait {
        void until(Worker worker) throws InterruptedException;
    }

    private void awaitAll(Wait wait, Predicate<Worker> isMeant) {
        boolean isInterrupted = false;
        for (Worker worker : workers) {
            if (isMeant.test(worker)) {
                try {
                    wait.until(worker);
                } catch (InterruptedException _) { // restored for the caller below
                    isInterrupted = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
