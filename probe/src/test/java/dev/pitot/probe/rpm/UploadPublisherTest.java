package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class UploadPublisherTest {
    private final SendQueue queue = new SendQueue();
    private final Taken taken = new Taken();

    private static final class Taken implements Flow.Subscriber<ByteBuffer> {
        private Flow.Subscription subscription = new Flow.Subscription() {
            @Override
            public void request(long chunks) {}

            @Override
            public void cancel() {}
        };
        private long bytes;
        private boolean isFailed;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            bytes += chunk.remaining();
            chunk.position(chunk.limit()); // as the client does
        }

        @Override
        public void onError(Throwable failure) {
            isFailed = true;
        }

        @Override
        public void onComplete() {
            throw new AssertionError("an upload has no end");
        }
    }

    @Test
    void noMoreIsPublishedThanTheQueueTakesWhateverTheWindow() {
        queue.measured();
        new UploadPublisher(queue, Runnable::run).subscribe(taken);

        taken.subscription.request(1_000);
        assertThat(taken.bytes).isEqualTo(SendQueue.MAX_BYTES);

        queue.left(20_000); // room for a chunk and a part of one
        assertThat(taken.bytes).isEqualTo(SendQueue.MAX_BYTES + 2 * 16_384);
        assertThat(queue.sent()).isEqualTo(20_000);
    }

    @Test
    void withoutAMeasuredQueueTheDemandIsTheLimit() {
        new UploadPublisher(queue, Runnable::run).subscribe(taken);

        taken.subscription.request(100);

        assertThat(taken.bytes).isEqualTo(100 * 16_384);
        assertThat(queue.sent()).isEqualTo(taken.bytes);
    }

    @Test
    void aCancelledUploadPublishesNoMore() {
        new UploadPublisher(queue, Runnable::run).subscribe(taken);

        taken.subscription.cancel();
        taken.subscription.request(1);

        assertThat(taken.bytes).isZero();
    }

    @Test
    void aRequestForNothingIsAnError() {
        new UploadPublisher(queue, Runnable::run).subscribe(taken);

        taken.subscription.request(0);

        assertThat(taken.isFailed).isTrue();
    }

    /// Preface, SETTINGS, DATA of 5 bytes, HEADERS, DATA of 70000, cut at every byte.
    @Test
    void onlyDataOfFramesCounts() {
        var counter = new FrameCounter();
        var bytes = ByteBuffer.allocate(100_000);
        bytes.put(new byte[24]);
        frame(bytes, 4, 18);
        frame(bytes, 0, 5);
        frame(bytes, 1, 7);
        frame(bytes, 0, 70_000);
        frame(bytes, 0, 0);
        bytes.flip();

        long data = 0;
        while (bytes.hasRemaining()) {
            data += counter.take(ByteBuffer.wrap(new byte[] {bytes.get()}));
        }

        assertThat(data).isEqualTo(70_005);
        assertThat(new FrameCounter().take(bytes.rewind())).isEqualTo(70_005);
    }

    private static void frame(ByteBuffer to, int type, int length) {
        to.put((byte) (length >> 16)).putShort((short) length).put((byte) type).put(new byte[5 + length]);
    }
}
