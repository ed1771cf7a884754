package dev.pitot.socket.portable;

import java.io.IOException;

/// Operation that closes a connection or one direction of it.
@FunctionalInterface
interface Ending {
    void run() throws IOException;

    /// Runs it and ignores failures: a connection that is closed or whose peer has disconnected has
    /// ended already.
    static void ignoreFailure(Ending ending) {
        try {
            ending.run();
        } catch (IOException _) { // intended, see above
        }
    }
}
