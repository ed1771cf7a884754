package dev.pitot.command.file;

import dev.pitot.model.text.SurrogateEscape;
import dev.pitot.model.text.SystemPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/// Reader of short text files with a size limit, so that a wrong file cannot exhaust the memory.
final class BoundedFile {
    private static final String TOO_LARGE = "File too large"; // EFBIG

    private BoundedFile() {}

    /// Reads the whole file.
    ///
    /// @throws IOException if it cannot be read, or is longer than `maxBytes`
    static String text(String path, int maxBytes) throws IOException {
        try (InputStream file = Files.newInputStream(SystemPath.of(path))) {
            byte[] bytes = file.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(TOO_LARGE);
            }
            return SurrogateEscape.decode(bytes);
        } catch (InvalidPathException e) { // not a valid path on this system
            throw new IOException(e.getMessage(), e);
        }
    }
}
