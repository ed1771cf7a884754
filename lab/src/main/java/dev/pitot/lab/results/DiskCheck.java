package dev.pitot.lab.results;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// Files of a disk that is checked whenever one of them fails: a disk that is full, read-only or
/// broken takes no more files at all. Any thread may use it.
///
/// @param opener makes the files
/// @param failure comes with the first such failure, in the system's words
record DiskCheck(FileOpener opener, CompletableFuture<String> failure) implements FileOpener {
    private static final long LEAST_BYTES = 64 * 1024;

    @Override
    public OutputStream open(Path path) throws IOException {
        try {
            return new Checked(opener.open(path), path);
        } catch (IOException e) {
            check(path, e);
            throw e;
        }
    }

    /// The system's words may be of any language: then what the disk has left decides.
    private void check(Path path, IOException problem) {
        String words = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        boolean isKnown = Stream.of(
                        "no space left",
                        "not enough space",
                        "quota exceeded",
                        "read-only file system",
                        "input/output error")
                .anyMatch(words::contains);
        if (isKnown || takesNothing(path)) {
            failure.complete(ResultsException.reason(problem));
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

    private final class Checked extends FilterOutputStream {
        private final Path path;

        Checked(OutputStream out, Path path) {
            super(out);
            this.path = path;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                check(path, e);
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                check(path, e);
                throw e;
            }
        }
    }
}
