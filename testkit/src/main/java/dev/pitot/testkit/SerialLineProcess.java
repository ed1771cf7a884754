package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Serial line with a shell at its other end: a pair of pseudo-terminals of socat.
///
/// @param device device file to open
/// @param process the socat process; closing it removes the device
public record SerialLineProcess(Path device, ChildProcess process) implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /// Starts the line.
    ///
    /// @param folder folder for the device file
    /// @param shell program at the other end, such as `/bin/sh`
    public static SerialLineProcess start(Path folder, String shell) throws IOException, InterruptedException {
        Path device = folder.resolve("tty");
        var process = ChildProcess.start(
                List.of("socat", "pty,raw,echo=0,link=" + device, "EXEC:" + shell + ",pty,stderr,setsid,ctty"));
        Duration waited = Duration.ZERO;
        while (!Files.exists(device)) {
            if (process.hasEndedWithin(LOOK_EVERY) || waited.compareTo(ChildProcess.TIMEOUT) > 0) {
                throw new AssertionError("no serial line: " + process);
            }
            waited = waited.plus(LOOK_EVERY);
        }
        return new SerialLineProcess(device, process);
    }

    @Override
    public void close() {
        process.close();
    }
}
