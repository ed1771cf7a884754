package dev.pitot.lab.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the files of one folder of results, each of them new. Any thread may use it. What cannot
/// be made is a file that keeps nothing and has the reason.
///
/// @param root the folder of results
/// @param opener opens a file
/// @param diskFailure comes, in the system's words, with the first file that fails since the disk is full,
///     read-only or broken
/// @param free how many more files may be open
record FileAllocator(Path root, FileOpener opener, CompletableFuture<String> diskFailure, Semaphore free) {
    /// Open at once. A test has six, and systems allow a process 1024 or more by default.
    static final int MAX_OPEN = 480;

    private static final int MAX_NUMBER = 9_999; // files of the same name
    private static final long LEAST_BYTES = 64 * 1024; // a disk with less takes nothing

    FileAllocator(Path root, FileOpener opener) {
        this(root, opener, new CompletableFuture<>(), new Semaphore(MAX_OPEN));
    }

    /// Opens a file to write.
    @FunctionalInterface
    interface FileOpener {
        /// On a disk. The stream has no buffer, so what was written is the system's and outlives this
        /// process; and interrupting a thread that writes does not close it, as it would a channel.
        FileOpener ON_DISK = Files::newOutputStream;

        OutputStream open(Path path, OpenOption... options) throws IOException;
    }

    /// Keeps a folder of results for one session, until the file is closed or this process ends. Where
    /// the file system has no locks, nothing keeps two sessions apart.
    ///
    /// @throws ResultsException if another session, or another process, has it
    static ResultFile lock(Path folder) throws ResultsException {
        String name = "session.lock";
        OutputStream out = OutputStream.nullOutputStream();
        try {
            var channel = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            out = Channels.newOutputStream(channel);
            if (!isLocked(channel)) {
                channel.close();
                throw new ResultsException(
                        "The session in " + folder + " is still running: wait for its end or stop it, then try again.");
            }
        } catch (IOException _) { // a folder that takes no file is reported when its first one is made
        }
        return new ResultFile(name, out, () -> {}, _ -> {});
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) { // a session of this process has it
            return false;
        }
    }

    /// A file of exactly that name.
    ResultFile make(String name) {
        try {
            return open(name, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            return ResultFile.broken(name, ResultsException.making(name, e));
        }
    }

    /// A file of exactly that name, which goes on where it ends; a line that was cut off there is
    /// ended first.
    ///
    /// @param cut takes what was cut off, which leaves the file then; null to leave it in
    ResultFile append(String name, @Nullable String cut) {
        Path path = root.resolve(name);
        try {
            byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end < bytes.length && cut != null) {
                Files.write(
                        root.resolve(cut),
                        Arrays.copyOfRange(bytes, end, bytes.length),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.truncate(end);
                }
            }
            ResultFile file = open(name, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (end < bytes.length && cut == null) {
                file.line("");
            }
            return file;
        } catch (IOException e) {
            return ResultFile.broken(name, ResultsException.making(name, e));
        }
    }

    /// Looks whether a file that is open is still what its name stands for. If it is not, whatever is
    /// written to it is lost, as on a disk that fails.
    ///
    /// @param known what [#identity] returned when it was opened
    void checkPlace(String name, @Nullable Object known) {
        Object now = identity(name);
        if (now == null || !now.equals(known)) {
            diskFailure.complete(root.resolve(name) + " was removed, moved or replaced");
        }
    }

    /// The identity of a file where the system has one, as POSIX systems do; null if there is no such file.
    @Nullable Object identity(String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(root.resolve(name), BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return key == null ? attributes.creationTime() : key;
        } catch (IOException _) {
            return null;
        }
    }

    /// Writes a whole file in place of one that may be there, all or nothing.
    ///
    /// @return why it could not be written; null if it was
    @Nullable ResultsException replace(String name, String text) {
        String part = name + ".part";
        try {
            Files.deleteIfExists(root.resolve(part));
            ResultFile file = make(part);
            try (file) {
                file.line(text);
            }
            ResultsException fault = file.fault(); // some file systems report only at the end that the disk is full
            if (fault == null) {
                Files.move(root.resolve(part), root.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(root.resolve(part)); // a half summary serves nobody
            }
            return fault;
        } catch (IOException e) {
            return ResultsException.writing(name, e);
        }
    }

    /// A file of that name, or with `_002`, `_003` … behind it if there is one already.
    ///
    /// @param folder below the root
    /// @param extension with its dot
    ResultFile makeNumbered(String folder, String name, String extension) {
        String wanted = folder + "/" + name + extension;
        for (int number = 1; number <= MAX_NUMBER; number++) {
            try {
                return open(folder + "/" + numbered(name, number) + extension, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException _) { // the next number
            } catch (IOException e) {
                return ResultFile.broken(wanted, ResultsException.making(wanted, e));
            }
        }
        return ResultFile.broken(wanted, new ResultsException("There are too many files " + wanted + "."));
    }

    /// The name itself for 1, with `_002` behind it for 2.
    static String numbered(String name, int number) {
        return number == 1 ? name : "%s_%03d".formatted(name, number);
    }

    private ResultFile open(String name, OpenOption... options) throws IOException {
        if (!free.tryAcquire()) {
            throw new IOException("more than " + MAX_OPEN + " files are open");
        }
        Path path = root.resolve(name);
        boolean isOpen = false;
        try {
            if (!Files.isDirectory(root)) { // it was removed or moved: another one would hide that
                diskFailure.complete(root + " is gone");
                throw new NoSuchFileException(root.toString());
            }
            Files.createDirectories(path.toAbsolutePath().getParent());
            OutputStream out = opener.open(path, options);
            isOpen = true;
            return new ResultFile(name, out, free::release, problem -> checkDisk(path, problem));
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            checkDisk(path, e);
            throw e;
        } finally {
            if (!isOpen) {
                free.release();
            }
        }
    }

    /// The system's words may be of any language: then what the disk has left decides.
    private void checkDisk(Path path, IOException problem) {
        String words = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        boolean isKnown = Stream.of(
                        "no space left",
                        "not enough space",
                        "quota exceeded",
                        "read-only file system",
                        "input/output error")
                .anyMatch(words::contains);
        if (isKnown || takesNothing(path)) {
            diskFailure.complete(ResultsException.reason(problem));
        }
    }

    private static boolean takesNothing(Path path) {
        try {
            FileStore store = Files.getFileStore(path.toAbsolutePath().getParent());
            return store.isReadOnly() || store.getUsableSpace() < LEAST_BYTES;
        } catch (IOException _) {
            return false; // only this file is known to have failed
        }
    }
}
