package dev.pitot.metrics.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Text file written in whole lines, each flushed immediately. Unless it is appended to, its old
/// content is removed only when a test begins. Thread-safe. (Not a FileChannel: that closes when a
/// listener's thread is interrupted.)
final class LineFile implements AutoCloseable {
    private final Path path;
    private final FileOptions.@Nullable Rotation rotation;
    private final byte[] header;
    private final boolean isFresh;
    private OutputStream out;
    private long size;
    private boolean hasBegun;
    private @Nullable IOException failure;

    private LineFile(Path path, FileOptions options, String header) throws IOException {
        this.path = path;
        this.header = header.getBytes(StandardCharsets.UTF_8);
        rotation = options.rotation();
        isFresh = !options.append();
        out = new FileOutputStream(path.toFile(), true);
        size = Files.size(path);
    }

    /// Opens the file, and creates it if necessary; unless it is appended to, its content is kept
    /// until [#begin].
    ///
    /// @param header first line of each empty file, with its line end; or empty
    /// @throws IOException if the file cannot be written; the message states the reason
    static LineFile open(Path path, FileOptions options, String header) throws IOException {
        LineFile file;
        try {
            file = new LineFile(path, options, header);
        } catch (IOException e) {
            throw FileErrorMessage.cannotOpen(path, e);
        }
        try {
            if (!file.isFresh) {
                file.prepare();
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw FileErrorMessage.cannotOpen(path, e);
        }
    }

    /// Called when a test begins: removes the old content unless the file is appended to, and
    /// writes the header. Further calls do nothing.
    ///
    /// @throws UncheckedIOException as for [#write]
    synchronized void begin() {
        if (failure == null) {
            try {
                prepare();
                return;
            } catch (IOException e) {
                failure = FileErrorMessage.cannotWrite(path, e);
            }
        }
        throw new UncheckedIOException(failure);
    }

    /// Writes the header, or ends a line that an earlier writer left incomplete.
    private void prepare() throws IOException {
        if (hasBegun) {
            return;
        }
        hasBegun = true;
        if (isFresh && Files.isRegularFile(path)) {
            new FileOutputStream(path.toFile(), false).close();
            size = 0;
        }
        if (size == 0) {
            append(header);
        } else if (Files.isRegularFile(path) && !endsWithLineFeed()) {
            append(new byte[] {'\n'});
        }
    }

    private boolean endsWithLineFeed() throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(file.length() - 1);
            return file.read() == '\n';
        }
    }

    /// Writes a line.
    ///
    /// @param line text with its line end
    /// @throws UncheckedIOException if the line could not be written completely; then no part of it
    ///     is in the file, and every further call fails in the same way
    synchronized void write(String line) {
        if (failure == null) {
            try {
                prepare();
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                rotateFor(bytes.length);
                append(bytes);
                return;
            } catch (IOException e) {
                failure = FileErrorMessage.cannotWrite(path, e);
            }
        }
        throw new UncheckedIOException(failure);
    }

    private void append(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            takeBack(bytes.length, e);
            throw e;
        }
    }

    /// Removes an incomplete line: a full disk may have stored the first part of it.
    private void takeBack(int length, IOException why) {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            long part = file.length() - size;
            if (part > 0 && part < length) { // else another process has written
                file.setLength(size);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void rotateFor(int length) throws IOException {
        if (rotation == null || size <= header.length || size + length <= rotation.maxBytes()) {
            return;
        }
        out.close();
        for (int number = rotation.keep(); number > 1; number--) {
            Path younger = numbered(number - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        out = new FileOutputStream(path.toFile(), true);
        size = 0;
        append(header);
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    /// Returns the error that stopped writing; null if there was none.
    synchronized @Nullable IOException failure() {
        return failure;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
