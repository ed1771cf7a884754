package dev.pitot.metrics.file;

import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.record.Snapshots;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// File with the current metrics in Prometheus text format, for the node exporter's textfile
/// collector and similar readers. It is replaced atomically, so that no reader sees a partial file;
/// its permissions are kept. Symbolic links are followed. Thread-safe.
public final class PrometheusFile {
    private final Path path;
    private final Snapshots snapshots;
    private boolean hasBegun;
    private @Nullable IOException failure;

    private PrometheusFile(Path path, SnapshotFormat format) {
        this.path = path;
        snapshots = new Snapshots(format, this::write, this::begin);
    }

    /// Checks that the file can be replaced. Its content is kept until the first event of the first
    /// test, which empties it. An existing path that is not a regular file is refused.
    ///
    /// @throws IOException if the file cannot be replaced; the message states the reason
    public static PrometheusFile open(Path path, SnapshotFormat format) throws IOException {
        try {
            refuseDevice(path);
            var file = new PrometheusFile(Files.exists(path) ? path.toRealPath() : path, format);
            Path trial = file.fresh();
            Files.createFile(trial);
            Files.delete(trial);
            return file;
        } catch (IOException e) {
            throw FileErrorMessage.cannotOpen(path, e);
        }
    }

    /// Refuses devices: replacing `/dev/stdout` with a file would remove it for all processes.
    private static void refuseDevice(Path path) throws FileSystemException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
    }

    /// Returns a listener for one test that this process runs as a client.
    public TestListener forTest() {
        return snapshots.forTest();
    }

    /// Returns a listener for a server and its tests.
    public ServerListener forServer() {
        return snapshots.forServer();
    }

    /// Called when a test begins: empties the file of an earlier run.
    private synchronized void begin() {
        if (!hasBegun) {
            write("");
        }
    }

    /// Replaces the whole text, for example with a final one after the test.
    ///
    /// @throws UncheckedIOException if the file cannot be replaced; it is then left unchanged, and
    ///     every further call fails in the same way
    public synchronized void write(String text) {
        hasBegun = true;
        if (failure == null) {
            try {
                replace(text);
                return;
            } catch (IOException e) {
                failure = FileErrorMessage.cannotWrite(path, e);
            }
        }
        throw new UncheckedIOException(failure);
    }

    /// Returns the error that stopped writing; null if there was none.
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    private void replace(String text) throws IOException {
        Path fresh = fresh();
        try {
            Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            keepPermissions(fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removeAfter(fresh, e);
            throw e;
        }
    }

    /// Returns a path in the same directory: a move is atomic only within one file system.
    private Path fresh() {
        return path.resolveSibling("." + path.getFileName() + ".tmp-" + UUID.randomUUID());
    }

    private void keepPermissions(Path fresh) throws IOException {
        var old = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (old != null && Files.exists(path)) { // else no POSIX permissions, or no file yet
            Files.setPosixFilePermissions(fresh, old.readAttributes().permissions());
        }
    }

    private static void removeAfter(Path fresh, IOException why) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
