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

/// A file that holds the newest state in Prometheus' text, for a node exporter's textfile
/// collector and the like. It is replaced as a whole in one step, so that no reader sees half of
/// it; who may read and write it stays as it is. A symbolic link is followed. Any thread may use
/// it.
public final class PrometheusFile {
    private final Path path;
    private final Snapshots snapshots;
    private boolean hasBegun;
    private @Nullable IOException failure;

    private PrometheusFile(Path path, SnapshotFormat format) {
        this.path = path;
        snapshots = new Snapshots(format, this::write, this::begin);
    }

    /// Finds out whether the file can be replaced. What it holds stays until the first event of
    /// the first test, which empties it. What is there and no regular file stays.
    ///
    /// @throws IOException with a sentence, if it cannot be replaced
    public static PrometheusFile open(Path path, SnapshotFormat format) throws IOException {
        try {
            refuseDevice(path);
            var file = new PrometheusFile(Files.exists(path) ? path.toRealPath() : path, format);
            Path trial = file.fresh();
            Files.createFile(trial);
            Files.delete(trial);
            return file;
        } catch (IOException e) {
            throw FileFault.cannotOpen(path, e);
        }
    }

    /// A file in the place of `/dev/stdout` would take it away from everybody.
    private static void refuseDevice(Path path) throws FileSystemException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "it is no regular file");
        }
    }

    /// A listener for one test that this process runs as a client.
    public TestListener forTest() {
        return snapshots.forTest();
    }

    /// A listener for a server and its tests.
    public ServerListener forServer() {
        return snapshots.forServer();
    }

    /// A test begins: nothing of an earlier one is shown any more.
    private synchronized void begin() {
        if (!hasBegun) {
            write("");
        }
    }

    /// Replaces the whole text, for example by a last one after the test.
    ///
    /// @throws UncheckedIOException with a sentence, if it cannot be replaced; the file then
    ///     stays as it was, and this and every further call fails alike
    public synchronized void write(String text) {
        hasBegun = true;
        if (failure == null) {
            try {
                replace(text);
                return;
            } catch (IOException e) {
                failure = FileFault.cannotWrite(path, e);
            }
        }
        throw new UncheckedIOException(failure);
    }

    /// Why nothing is written any more, as a sentence; null while all is well.
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

    /// In the same folder, since only within a file system a move is one step.
    private Path fresh() {
        return path.resolveSibling("." + path.getFileName() + ".tmp-" + UUID.randomUUID());
    }

    private void keepPermissions(Path fresh) throws IOException {
        var old = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (old != null && Files.exists(path)) { // else the system has no such thing, or there is no file
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
