package dev.pitot.probe.rpm;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Body of an upload without an end: the same bytes again and again, of which each chunk is only a view, and
/// no more of them than the [SendQueue] has room for.
final class UploadPublisher implements HttpRequest.BodyPublisher {
    private static final int CHUNK = 16 << 10; // a frame and a TLS record

    private final SendQueue queue;
    private final Executor executor;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);

    /// @param executor on which chunks are published once there is room again
    UploadPublisher(SendQueue queue, Executor executor) {
        this.queue = queue;
        this.executor = executor;
        new SplittableRandom().nextBytes(bytes.array()); // which no tunnel on the way can compress
    }

    @Override
    public long contentLength() {
        return -1; // no end is known
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        var body = new Body(subscriber);
        queue.restart();
        queue.onRoom(body::resume);
        subscriber.onSubscribe(body);
    }

    private final class Body implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger rounds = new AtomicInteger(); // above 0 while a thread publishes
        private volatile boolean isWaiting; // for room
        private volatile boolean isCancelled;

        Body(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long chunks) {
            if (chunks <= 0) {
                isCancelled = true;
                subscriber.onError(new IllegalArgumentException("a request for " + chunks + " chunks"));
                return;
            }
            demand.accumulateAndGet(chunks, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
            publish();
        }

        /// Called while the client encrypts, so the work is left to another thread.
        private void resume() {
            if (isWaiting && queue.hasRoom()) {
                isWaiting = false;
                try {
                    executor.execute(this::publish);
                } catch (RejectedExecutionException _) {
                    isCancelled = true; // the measurement has ended
                }
            }
        }

        private void publish() {
            if (rounds.getAndIncrement() > 0) {
                return; // the thread that publishes looks again
            }
            int seen = 1;
            do {
                while (!isCancelled && demand.get() > 0 && mayPublish()) {
                    demand.decrementAndGet();
                    queue.published(CHUNK);
                    subscriber.onNext(bytes.duplicate());
                }
                seen = rounds.addAndGet(-seen);
            } while (seen > 0);
        }

        /// Returns whether there is room, else asks to be called when there is.
        private boolean mayPublish() {
            if (queue.hasRoom()) {
                return true;
            }
            isWaiting = true;
            return queue.hasRoom(); // it may have come before anybody saw that we wait
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }
}
