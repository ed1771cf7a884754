package dev.pitot.engine.stream;

import dev.pitot.model.error.MemoryShortage;
import dev.pitot.model.result.StreamRole;
import dev.pitot.socket.TcpConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// All streams of a test and their threads: platform threads, because they never idle and block
/// in the kernel. Belongs to the session's thread.
public final class Transfer implements AutoCloseable {
    /// A stream leaves within one slice of waiting; far more means that the machine is out of
    /// breath.
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final List<OpenStream> streams;
    private final ThreadStart threadStart;
    private final Observer observer;
    private final AtomicInteger sendersAtWork;
    private final List<Worker> workers = new ArrayList<>();
    private long startNanos; // written before the threads start

    /// Learns what streams say, on their threads; must not block.
    public interface Observer {
        /// A connection broke while its stream still wanted it, or the stream met a fault of this program.
        ///
        /// @param failure an `IOException`, or what must not happen
        void onStreamFailed(OpenStream stream, Throwable failure);

        /// Every sender has used up the quota, or its file.
        void onSendersDone();
    }

    private record Worker(OpenStream open, Thread thread) {
        boolean hasRole(StreamRole role) {
            return open.info().role() == role;
        }
    }

    /// What each stream's thread does first, on itself.
    @FunctionalInterface
    public interface ThreadStart {
        void run() throws IOException;
    }

    public Transfer(List<OpenStream> streams, ThreadStart threadStart, Observer observer) {
        this.streams = List.copyOf(streams);
        this.threadStart = threadStart;
        this.observer = observer;
        long senders = this.streams.stream()
                .filter(open -> open.info().role().isSender())
                .count();
        sendersAtWork = new AtomicInteger((int) senders);
        for (OpenStream open : this.streams) {
            workers.add(worker(open));
        }
    }

    private Worker worker(OpenStream open) {
        String name = "pitot-stream-" + open.info().label();
        return new Worker(open, Thread.ofPlatform().name(name).daemon().unstarted(() -> work(open)));
    }

    public List<OpenStream> streams() {
        return streams;
    }

    /// Starts the threads, which were made before: it is the test's own time.
    ///
    /// @param testStartNanos when the test begins
    public void start(long testStartNanos) {
        startNanos = testStartNanos;
        for (Worker worker : workers) {
            worker.thread.start();
        }
    }

    private void work(OpenStream open) {
        try {
            threadStart.run();
            open.stream().transfer(startNanos);
        } catch (IOException e) {
            if (!open.stream().isStopped()) {
                observer.onStreamFailed(open, e);
            }
            return;
        } catch (RuntimeException | Error e) { // must not happen; if it does, the test must not wait for this stream
            MemoryShortage.report(e);
            observer.onStreamFailed(open, e);
            return;
        }
        boolean hasUsedQuota = open.info().role().isSender() && !open.stream().isStopped();
        if (hasUsedQuota && sendersAtWork.decrementAndGet() == 0) {
            observer.onSendersDone();
        }
    }

    /// Ends what streams of a role do, leaving their connections alone. When this returns their
    /// counters rest. A stream that waits for its peer leaves at the end of its slice.
    public void stop(StreamRole role) {
        Predicate<Worker> isMeant = worker -> worker.hasRole(role);
        workers.stream().filter(isMeant).forEach(worker -> worker.open.stream().stop());
        join(isMeant);
    }

    /// Ends the sending direction of connections that carry bytes.
    public void endSending() {
        for (OpenStream open : streams) {
            if (open.info().role().isSender() && open.connection() instanceof TcpConnection connection) {
                connection.shutdownOutput();
            }
        }
    }

    /// Ends what all streams do, and their connections. When this returns, very soon, all
    /// counters rest.
    public void cut() {
        streams.forEach(open -> open.stream().stop());
        streams.forEach(open -> open.connection().shutdown());
        join(_ -> true);
    }

    /// When the first data arrived at a stream that has left.
    ///
    /// @param latest the answer if none arrived before that
    public long firstArrivalNanos(long latest) {
        long first = latest;
        for (ReceivingStream stream : thatReceived()) {
            first = stream.firstNanos() - first < 0 ? stream.firstNanos() : first;
        }
        return first;
    }

    /// When the last data arrived at a stream that has left.
    ///
    /// @param earliest the answer if none arrived after that
    public long lastArrivalNanos(long earliest) {
        long last = earliest;
        for (ReceivingStream stream : thatReceived()) {
            last = stream.lastNanos() - last > 0 ? stream.lastNanos() : last;
        }
        return last;
    }

    private List<ReceivingStream> thatReceived() {
        return streams.stream()
                .filter(open -> open.stream().reading().bytes() > 0)
                .map(OpenStream::stream)
                .filter(ReceivingStream.class::isInstance)
                .map(ReceivingStream.class::cast)
                .toList();
    }

    /// Frees all connections and threads.
    @Override
    public void close() {
        cut();
        streams.forEach(open -> open.connection().close());
    }

    private void join(Predicate<Worker> isMeant) {
        boolean isInterrupted = false;
        for (Worker worker : workers) {
            if (isMeant.test(worker)) {
                LockSupport.unpark(worker.thread); // a paced sender may be waiting for its turn
                try {
                    worker.thread.join(JOIN_MILLIS);
                } catch (InterruptedException _) { // remembered, and told to the caller below
                    isInterrupted = true;
                }
            }
        }
        workers.removeIf(worker -> !worker.thread.isAlive());
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
