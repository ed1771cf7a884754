package dev.pitot.testkit;

import java.io.IOException;
import java.net.ServerSocket;

/// A TCP port that nobody listened on a moment ago, for programs that cannot be asked which port they chose. Another
/// process may take it meanwhile: whoever can bind port 0 and ask should do that instead.
public final class FreePort {
    private FreePort() {}

    /// A port of the system's choice, 1024..65535.
    public static int find() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
