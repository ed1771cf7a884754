package dev.pitot.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A background server that a [DaemonLauncher] process started and waits for. Used by one thread.
public final class DaemonProcess implements Daemon {
    /// JVM option that marks such a process.
    static final String MARK = "-Dpitot.background=true";

    /// Text that the server writes to its standard output as soon as it listens, and nothing else.
    static final String LISTENING = "listening";

    private static final String PROPERTY = "pitot.background";

    private final OutputStream out;
    private final OutputStream err;

    /// @param out the process's own standard output; closing such a stream replaces it by /dev/null
    /// @param err the process's own standard error
    public DaemonProcess(OutputStream out, OutputStream err) {
        this.out = out;
        this.err = err;
    }

    /// True if this process is such a server.
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
            // The waiting process has ended; the server continues.
        }
    }
}
