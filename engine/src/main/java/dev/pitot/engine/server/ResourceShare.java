package dev.pitot.engine.server;

import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.result.Ending;
import dev.pitot.socket.Patience;
import java.io.IOException;
import java.time.Duration;

/// The part that one test has taken of what all tests of a server share. Belongs to the session's
/// thread.
final class ResourceShare implements AutoCloseable {
    /// Twice as long as a test may be silent that has to end for another.
    static final Duration TIMEOUT = Duration.ofSeconds(7);

    /// How long to keep the place in the queue for streams before looking whether they are still wanted.
    private static final int SLICE_MILLIS = 500;

    private final Facilities facilities;
    private int streams;
    private boolean hasFile;

    ResourceShare(Facilities facilities) {
        this.facilities = facilities;
    }

    /// Takes room for streams and, of a server with a file (`-F`), the right to use it. Waits for room as long as
    /// another test may have to end for this one.
    ///
    /// @param test that wants it
    /// @param patience of at most [#TIMEOUT]
    /// @throws SessionFailure (busy) if others have it
    void take(int streamCount, boolean needsFile, EvictionPolicy test, Patience patience)
            throws SessionFailure, InterruptedException {
        boolean hasRoom = facilities.budget().take(streamCount, 0);
        while (!hasRoom) {
            facilities.waitingClients().add();
            if (!facilities.waitingClients().isAnyEvictable(test) || isOver(patience)) {
                throw new SessionFailure(new Ending.Busy());
            }
            hasRoom = facilities.budget().take(streamCount, SLICE_MILLIS);
        }
        streams = streamCount;
        hasFile = needsFile && facilities.file().tryAcquire();
        if (needsFile && !hasFile) { // one test at a time can use the file
            facilities.waitingClients().add();
            throw new SessionFailure(new Ending.Busy());
        }
    }

    /// Whether nobody has ended in time, or the client has gone.
    private static boolean isOver(Patience patience) {
        try {
            patience.nextSliceMillis();
            return false;
        } catch (IOException _) { // which is what was asked
            return true;
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
