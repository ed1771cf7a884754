package dev.pitot.cli.run;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file with the process id while the process runs (`-I`), as iperf_api.c writes it
/// (iperf_create_pidfile).
final class PidFile implements AutoCloseable {
    private final @Nullable Path path;

    private PidFile(@Nullable Path path) {
        this.path = path;
    }

    /// Writes the file, or does nothing without a path.
    ///
    /// @throws IOException with iperf's message, if it cannot be written or names another process that
    ///     is alive
    static PidFile write(@Nullable String path) throws IOException {
        if (path == null) {
            return new PidFile(null);
        }
        Path file = SystemPath.of(path);
        if (namesAnotherProcess(file)) {
            throw new IOException("Another instance of iperf3 appears to be running");
        }
        try {
            Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new IOException("error - " + IperfError.PID_FILE.text(FileErrorText.of(e)), e);
        }
        return new PidFile(file);
    }

    @Override
    public void close() {
        if (path == null) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException _) {
            // The run is over and its result printed; a file left behind names a dead process and is
            // replaced.
        }
    }

    private static boolean namesAnotherProcess(Path file) {
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return pid != ProcessHandle.current().pid()
                    && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        } catch (IOException | NumberFormatException _) { // missing or not a pid file: overwritten
            return false;
        }
    }
}
