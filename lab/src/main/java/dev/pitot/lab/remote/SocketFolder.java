package dev.pitot.lab.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The temporary folder of one socket of `ssh`, which its owner alone may enter. It is locked as long as
/// its process lives. Closing it removes it.
record SocketFolder(Path path, FileChannel lock) implements AutoCloseable {
    private static final String SOCKET = "s"; // its path may have 103 bytes on macOS, of which ssh needs 17 more
    private static final String LOCK = "lock";
    private static final String NEW_LOCK = "lock.new";
    private static final String PREFIX = "pitotssh";

    /// Makes one.
    ///
    /// @throws IOException if there is no place for it
    static SocketFolder create() throws IOException {
        Path folder = Files.createTempDirectory(ownPrefix());
        SocketFolder made = null;
        SocketFolder locked = null;
        try {
            locked = locked(folder.resolve(NEW_LOCK), StandardOpenOption.CREATE_NEW);
            // another process that finds a file LOCK without a lock takes it for a dead one's
            Files.move(folder.resolve(NEW_LOCK), folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            made = locked;
        } finally {
            if (made == null) {
                remove(folder);
                if (locked != null) {
                    locked.lock.close();
                }
            }
        }
        if (made == null) {
            throw new IOException("locked by another process: " + folder);
        }
        return made;
    }

    /// Those of processes that have died, which are this process's from now on. A lock of this process
    /// would be lost by a second look at its file: its own folders have its number in their names.
    ///
    /// @param among the folder that such folders are in
    static List<SocketFolder> stale(Path among) {
        List<SocketFolder> stale = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(among, PREFIX + "*-*")) {
            for (Path folder : all) {
                SocketFolder locked =
                        String.valueOf(folder.getFileName()).startsWith(ownPrefix()) ? null : lockedIfStale(folder);
                if (locked != null) {
                    stale.add(locked);
                }
            }
        } catch (IOException | DirectoryIteratorException _) { // another session may do it
        }
        return stale;
    }

    private static @Nullable SocketFolder lockedIfStale(Path folder) {
        try {
            return locked(folder.resolve(LOCK), StandardOpenOption.WRITE);
        } catch (IOException | OverlappingFileLockException _) { // another user's, or just being made or removed
            return null;
        }
    }

    private static @Nullable SocketFolder locked(Path lock, StandardOpenOption how) throws IOException {
        FileChannel channel = FileChannel.open(lock, how, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
            return isLocked ? new SocketFolder(Objects.requireNonNull(lock.getParent()), channel) : null;
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
    }

    private static String ownPrefix() {
        return PREFIX + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + "-";
    }

    /// Where `ssh` listens.
    Path socket() {
        return path.resolve(SOCKET);
    }

    @Override
    public void close() {
        remove(path);
        try {
            lock.close();
        } catch (IOException _) { // it ends with this process
        }
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(SOCKET)); // of a master that was killed
            Files.deleteIfExists(folder.resolve(LOCK));
            Files.deleteIfExists(folder.resolve(NEW_LOCK));
            Files.deleteIfExists(folder);
        } catch (IOException _) { // it is in a folder that the system tidies
        }
    }
}
