package dev.pitot.engine.session;

import dev.pitot.engine.stream.Goal;
import dev.pitot.engine.stream.Quota;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.control.ProtocolExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Ends a test that is limited in bytes or blocks: the quota that this end's senders share, the
/// goal of its receivers, and the moment when both are reached. Of tests that are limited in time
/// it knows only the end of a file.
public final class LimitWatch {
    private final @Nullable Long bytes;
    private final int blockBytes;
    private final ProtocolExtension extension;
    private final Quota quota = new Quota();
    private final Goal goal = new Goal(this::onPartDone);
    private final boolean endsWithFile;
    private final AtomicInteger partsLeft;
    private final Runnable onReached;

    /// A watch over both directions of a test, as far as they exist.
    ///
    /// @param extension of the protocol that both ends know
    /// @param endsWithFile whether this end decides, and sends a file whose end is the test's too
    /// @param onReached called once, on a stream's thread, when every direction has moved what
    ///     it should
    public LimitWatch(TestConfig config, ProtocolExtension extension, boolean endsWithFile, Runnable onReached) {
        this.extension = extension;
        blockBytes = config.streams().blockBytes();
        this.endsWithFile = endsWithFile;
        bytes = limitBytes(config);
        partsLeft = new AtomicInteger(config.direction().streamSets());
        this.onReached = onReached;
    }

    /// The bytes that each direction shall move, or null where time or nothing limits the test.
    public static @Nullable Long limitBytes(TestConfig config) {
        StreamSettings streams = config.streams();
        return switch (config.limit()) {
            case Limit.ForBytes(long count) -> count;
            case Limit.ForBlocks(long count) ->
                count > Long.MAX_VALUE / streams.blockBytes() ? Long.MAX_VALUE : count * streams.blockBytes();
            case Limit.ForDuration _, Limit.Endless _ -> null;
        };
    }

    /// Whether the other end counts every byte; if not, whole blocks are sent, as iperf3 does.
    public boolean isExact() {
        return extension.hasExactLimits();
    }

    /// Whether data end the test, and not time.
    boolean endsWithData() {
        return endsWithFile || bytes != null;
    }

    public Quota quota() {
        return quota;
    }

    public Goal goal() {
        return goal;
    }

    /// Counting begins.
    void arm() {
        if (bytes != null) {
            quota.arm(isExact() ? bytes : wholeBlocks(bytes));
            goal.arm(bytes);
        }
    }

    private long wholeBlocks(long count) {
        long blocks = Math.ceilDiv(count, blockBytes);
        return blocks > Long.MAX_VALUE / blockBytes ? count : blocks * blockBytes;
    }

    /// The senders have used up the quota, or their file.
    void onSendersDone() {
        if (endsWithFile) {
            onReached.run();
        } else {
            onPartDone();
        }
    }

    /// One direction has moved what it should: the senders have used up the quota, or the
    /// receivers have what they want.
    private void onPartDone() {
        if (bytes != null && partsLeft.decrementAndGet() == 0) {
            onReached.run();
        }
    }
}
