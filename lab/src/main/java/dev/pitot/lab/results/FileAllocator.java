package dev.pitot.lab.results;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Makes the files of one folder of results, each of them new. Any thread may use it. What cannot
/// be made is a file that keeps nothing and says why.
///
/// @param root the folder of results
/// @param opener makes a file
/// @param free how many more files may be open
record FileAllocator(Path root, FileOpener opener, Semaphore free) {
    /// Open at once. A test has six, and systems allow a process 1024 or more by default.
    static final int MAX_OPEN = 480;

    private static final int MAX_NUMBER = 9_999; // files of the same name

    FileAllocator(Path root, FileOpener opener) {
        this(root, opener, new Semaphore(MAX_OPEN));
    }

    /// A file of exactly that name.
    ResultFile make(String name) {
        try {
            return open(name);
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
            var out = new FileOutputStream(path.toFile(), true);
            if (end < bytes.length && cut == null) {
                out.write('\n');
            } else if (end < bytes.length) {
                Files.write(
                        root.resolve(cut),
                        Arrays.copyOfRange(bytes, end, bytes.length),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                out.getChannel().truncate(end);
            }
            free.acquireUninterruptibly();
            return new ResultFile(name, out, free::release);
        } catch (IOException e) {
            return ResultFile.broken(name, ResultsException.making(name, e));
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
            ResultsException fault = file.fault(); // some file systems tell only at the end that the disk is full
            if (fault == null) {
                Files.move(root.resolve(part), root.resolve(name), StandardCopyOption.REPLACE_EXISTING);
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
                return open(folder + "/" + numbered(name, number) + extension);
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

    private ResultFile open(String name) throws IOException {
        if (!free.tryAcquire()) {
            throw new IOException("more than " + MAX_OPEN + " files are open");
        }
        boolean isOpen = false;
        try {
            Path path = root.resolve(name);
            Files.createDirectories(path.toAbsolutePath().getParent());
            OutputStream out = opener.open(path);
            isOpen = true;
            return new ResultFile(name, out, free::release);
        } finally {
            if (!isOpen) {
                free.release();
            }
        }
    }
}
