package dev.pitot.socket.portable;

import java.io.IOException;

/// Something that ends a connection or a part of it.
@FunctionalInterface
interface Ending {
    void run() throws IOException;

    /// Ends it, whatever happens: what is closed or whose peer is gone has ended already.
    static void ignoreFailure(Ending ending) {
        try {
            ending.run();
        } catch (IOException _) { // see above
        }
    }
}
