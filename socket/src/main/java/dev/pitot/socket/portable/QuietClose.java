package dev.pitot.socket.portable;

import java.io.IOException;

/// Operation that closes a connection or one direction of it.
@FunctionalInterface
interface QuietClose {
    void run() throws IOException;

    /// Runs it and ignores failures: a connection that is closed or whose peer has disconnected has
    /// ended already.
    static void ignoreFailure(QuietClose quietClose) {
        try {
            quietClose.run();
        } catch (IOException _) { // intended, see above
        }
    }
}
