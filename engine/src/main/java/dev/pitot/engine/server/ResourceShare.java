package dev.pitot.engine.server;

import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.result.Ending;

/// The part that one test has taken of what all tests of a server share. Belongs to the session's
/// thread.
final class ResourceShare implements AutoCloseable {
    private final Facilities facilities;
    private int streams;
    private boolean hasFile;

    ResourceShare(Facilities facilities) {
        this.facilities = facilities;
    }

    /// Takes room for streams and, of a server with a file (`-F`), the right to use it.
    ///
    /// @throws SessionFailure (busy) if others have it
    void take(int streamCount, boolean needsFile) throws SessionFailure {
        if (!facilities.budget().take(streamCount)) {
            throw new SessionFailure(new Ending.Busy());
        }
        streams = streamCount;
        hasFile = needsFile && facilities.file().tryAcquire();
        if (needsFile && !hasFile) { // one test at a time can use the file
            throw new SessionFailure(new Ending.Busy());
        }
    }

    /// Gives back what was taken.
    @Override
    public void close() {
        facilities.budget().giveBack(streams);
        streams = 0;
        if (hasFile) {
            hasFile = false;
            facilities.file().release();
        }
    }
}
