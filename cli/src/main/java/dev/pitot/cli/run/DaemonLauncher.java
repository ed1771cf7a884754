package dev.pitot.cli.run;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.error.IperfError;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/// A process that a user started in the foreground. Java cannot fork, so the server runs in the
/// background as a second process of the same program: with the same command line, in the same
/// directory, in its own session, with its standard streams on /dev/null, as daemon(3) leaves iperf's.
/// Until the server listens, its errors are printed here: a client started next finds it listening, and
/// the user sees why it could not start.
public final class DaemonLauncher implements Daemon {
    private static final String OWN_SESSION = "setsid"; // of util-linux or BusyBox
    private static final File NOTHING = new File("/dev/null");

    private final OutputStream err;

    /// @param err receives the server's errors before it listens
    public DaemonLauncher(OutputStream err) {
        this.err = err;
    }

    @Override
    public boolean isReached() {
        return false;
    }

    @Override
    public int send() throws IOException, InterruptedException {
        Process server = start();
        try (InputStream complaints = server.getErrorStream();
                BufferedReader answer = server.inputReader()) {
            complaints.transferTo(err); // until the server closes it
            return DaemonProcess.LISTENING.equals(answer.readLine()) ? ExitCode.SUCCESS : server.waitFor();
        }
    }

    @Override
    public void onListening() {
        // Nobody waits.
    }

    private static Process start() throws IOException {
        try {
            return inOwnSession(ShellCommand.keepingBytes(SelfCommandLine.with(DaemonProcess.MARK)));
        } catch (IOException e) {
            throw new IOException("error - " + IperfError.DAEMON.text(FileErrorText.of(e)), e);
        }
    }

    /// Without setsid the server stays in the old session. That does no harm: its process group is
    /// neither the terminal's any more nor one of the shell's jobs, so neither a key nor the end of the
    /// session reaches it.
    private static Process inOwnSession(List<String> words) throws IOException {
        List<String> wrapped = new ArrayList<>(words);
        wrapped.addFirst(OWN_SESSION);
        try {
            return start(wrapped);
        } catch (IOException _) { // probably no setsid; any other error recurs at the next attempt and is reported
            return start(words);
        }
    }

    private static Process start(List<String> words) throws IOException {
        return new ProcessBuilder(words).redirectInput(Redirect.from(NOTHING)).start();
    }
}
