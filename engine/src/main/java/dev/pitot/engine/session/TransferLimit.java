package dev.pitot.engine.session;

import dev.pitot.engine.stream.ReceiveTarget;
import dev.pitot.engine.stream.SendQuota;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.wire.control.ProtocolExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Limit of a test in bytes or blocks: the quota shared by this end's senders, the goal of its receivers,
/// and a callback when both are reached. For tests limited in time it handles only the end of a file.
public final class TransferLimit {
    private final @Nullable Long bytes;
    private final int blockBytes;
    private final ProtocolExtension extension;
    private final SendQuota quota = new SendQuota();
    private final ReceiveTarget target = new ReceiveTarget(this::onPartDone);
    private final boolean endsWithFile;
    private final AtomicInteger partsLeft;
    private final Runnable onReached;

    /// Creates the limit of all directions of a test.
    ///
    /// @param extension the protocol extension that both ends support
    /// @param endsWithFile true if this end decides the end and sends a file whose end is also the end of
    ///     the test
    /// @param onReached called once, on a stream's thread, when every direction has reached its limit
    public TransferLimit(TestConfig config, ProtocolExtension extension, boolean endsWithFile, Runnable onReached) {
        this.extension = extension;
        blockBytes = config.streams().blockBytes();
        this.endsWithFile = endsWithFile;
        bytes = limitBytes(config);
        partsLeft = new AtomicInteger(config.direction().streamSets());
        this.onReached = onReached;
    }

    /// Returns the number of bytes per direction, or null where time or nothing limits the test.
    public static @Nullable Long limitBytes(TestConfig config) {
        StreamSettings streams = config.streams();
        return switch (config.limit()) {
            case Limit.ForBytes(long count) -> count;
            case Limit.ForBlocks(long count) ->
                count > Long.MAX_VALUE / streams.blockBytes() ? Long.MAX_VALUE : count * streams.blockBytes();
            case Limit.ForDuration _, Limit.Endless _ -> null;
        };
    }

    /// True if the other end counts every byte; if not, whole blocks are sent, as iperf3 does.
    public boolean isExact() {
        return extension.hasExactLimits();
    }

    /// True if the amount of data ends the test, not time.
    boolean endsWithData() {
        return endsWithFile || bytes != null;
    }

    public SendQuota quota() {
        return quota;
    }

    public ReceiveTarget target() {
        return target;
    }

    /// Activates the limit at the start of the counted part.
    void arm() {
        if (bytes != null) {
            quota.arm(isExact() ? bytes : wholeBlocks(bytes));
            target.arm(bytes);
        }
    }

    private long wholeBlocks(long count) {
        long blocks = Math.ceilDiv(count, blockBytes);
        return blocks > Long.MAX_VALUE / blockBytes ? count : blocks * blockBytes;
    }

    /// Called when the senders have used up the quota, or their file.
    void onSendersDone() {
        if (endsWithFile) {
            onReached.run();
        } else {
            onPartDone();
        }
    }

    /// Called when one direction is complete: its senders have used up the quota, or its receivers have
    /// reached the goal.
    private void onPartDone() {
        if (bytes != null && partsLeft.decrementAndGet() == 0) {
            onReached.run();
        }
    }
}
