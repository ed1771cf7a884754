package dev.pitot.engine.server;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.StreamBudget;
import dev.pitot.model.result.Ending;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Share of one test in the resources of a server's tests. Belongs to the session's thread.
final class ResourceShare implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// Period of checking if another test may still be evicted for this one, and of the place in the queue.
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ServerResources resources;
    private StreamBudget.@Nullable Request streams;
    private boolean hasFile;

    ResourceShare(ServerResources resources) {
        this.resources = resources;
    }

    /// Requests streams and, on a server with a file (`-F`), the permit to use it. The wait for streams
    /// lasts while another test may be evicted for this one; after that the server is busy.
    ///
    /// @param test the test that requests them
    AwaitedCondition request(int streamCount, boolean needsFile, EvictionPolicy test) {
        streams = resources.budget().request(streamCount);
        return new Room(streamCount, needsFile, test);
    }

    private final class Room implements AwaitedCondition {
        private final int streamCount;
        private final boolean needsFile;
        private final EvictionPolicy test;
        private boolean hasWaited;
        private long askedNanos;

        Room(int streamCount, boolean needsFile, EvictionPolicy test) {
            this.streamCount = streamCount;
            this.needsFile = needsFile;
            this.test = test;
        }

        @Override
        public boolean isMet(long nowNanos) throws SessionFailure {
            if (isGranted()) {
                takeFile(needsFile);
                return true;
            }
            if (!hasWaited || nowNanos - askedNanos >= RETRY_NANOS) {
                if (hasWaited) { // behind the others: a large request must not hold up small ones
                    returnStreams();
                    streams = resources.budget().request(streamCount);
                }
                hasWaited = true;
                askedNanos = nowNanos;
                resources.waitingClients().add();
                if (!isGranted() && !resources.waitingClients().isAnyEvictable(test)) {
                    throw new SessionFailure(new Ending.Busy());
                }
            }
            return false;
        }

        @Override
        public long nanosBetweenLooks() {
            return STEP_NANOS;
        }
    }

    private boolean isGranted() {
        return streams != null && streams.isGranted();
    }

    private void takeFile(boolean needsFile) throws SessionFailure {
        hasFile = needsFile && resources.file().tryAcquire();
        if (needsFile && !hasFile) { // only one test at a time can use the file
            resources.waitingClients().add();
            throw new SessionFailure(new Ending.Busy());
        }
    }

    private void returnStreams() {
        if (streams != null) {
            resources.budget().release(streams);
            streams = null;
        }
    }

    /// Returns the resources.
    @Override
    public void close() {
        returnStreams();
        if (hasFile) {
            hasFile = false;
            resources.file().release();
        }
    }
}
