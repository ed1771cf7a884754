package dev.pitot.engine.server;

import dev.pitot.engine.session.AwaitedCondition;
import dev.pitot.engine.session.SessionFailure;
import dev.pitot.engine.session.StreamBudget;
import dev.pitot.model.result.Ending;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The part that one test has taken of what all tests of a server share. Belongs to the session's
/// thread.
final class ResourceShare implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// How often to ask whether another test may still end for this one.
    private static final long HOPE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Facilities facilities;
    private StreamBudget.@Nullable Request streams;
    private boolean hasFile;

    ResourceShare(Facilities facilities) {
        this.facilities = facilities;
    }

    /// Asks for room for streams and, of a server with a file (`-F`), the right to use it. The wait for room goes on
    /// as long as another test may have to end for this one; then the server is busy.
    ///
    /// @param test that wants it
    AwaitedCondition request(int streamCount, boolean needsFile, EvictionPolicy test) {
        StreamBudget.Request request = facilities.budget().request(streamCount);
        streams = request;
        return new Room(request, needsFile, test);
    }

    private final class Room implements AwaitedCondition {
        private final StreamBudget.Request request;
        private final boolean needsFile;
        private final EvictionPolicy test;
        private boolean hasWaited;
        private long askedNanos;

        Room(StreamBudget.Request request, boolean needsFile, EvictionPolicy test) {
            this.request = request;
            this.needsFile = needsFile;
            this.test = test;
        }

        @Override
        public boolean isMet(long nowNanos) throws SessionFailure {
            if (request.isGranted()) {
                takeFile(needsFile);
                return true;
            }
            if (!hasWaited || nowNanos - askedNanos >= HOPE_NANOS) {
                hasWaited = true;
                askedNanos = nowNanos;
                facilities.waitingClients().add();
                if (!facilities.waitingClients().isAnyEvictable(test)) {
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

    private void takeFile(boolean needsFile) throws SessionFailure {
        hasFile = needsFile && facilities.file().tryAcquire();
        if (needsFile && !hasFile) { // one test at a time can use the file
            facilities.waitingClients().add();
            throw new SessionFailure(new Ending.Busy());
        }
    }

    /// Gives back what was taken.
    @Override
    public void close() {
        if (streams != null) {
            facilities.budget().release(streams);
            streams = null;
        }
        if (hasFile) {
            hasFile = false;
            facilities.file().release();
        }
    }
}
