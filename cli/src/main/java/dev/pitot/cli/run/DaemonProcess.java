package dev.pitot.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A server that a [DaemonLauncher] process started and waits for. Used by one thread.
public final class DaemonProcess implements Daemon {
    /// The option of the JVM's that tells such a process what it is.
    static final String MARK = "-Dpitot.background=true";

    /// What it says on its standard output as soon as it listens, and nothing else.
    static final String LISTENING = "listening";

    private static final String PROPERTY = "pitot.background";

    private final OutputStream out;
    private final OutputStream err;

    /// @param out the process's own standard output; closing such a stream puts /dev/null in its
    ///     place
    /// @param err the process's own standard error
    public DaemonProcess(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    /// Whether this process is such a server.
    public static boolean isThisProcess() {
        return Boolean.getBoolean(PROPERTY);
    }

    @Override
    public boolean isReached() {
        return true;
    }

    @Override
    public int send() {
        throw new IllegalStateException("in the background already");
    }

    @Override
    public void onListening() {
        try (out;
                err) {
            out.write((LISTENING + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // Whoever waited has gone; the server goes on.
        }
    }
}
