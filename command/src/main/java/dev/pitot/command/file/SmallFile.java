package dev.pitot.command.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A text that is known to be short, so that the wrong file cannot fill the memory.
final class SmallFile {
    private static final String TOO_LARGE = "File too large"; // EFBIG

    private SmallFile() {}

    /// The whole text, read anew.
    ///
    /// @throws IOException if it cannot be read, or is longer than `maxBytes`
    static String text(String path, int maxBytes) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            byte[] bytes = file.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException(TOO_LARGE);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (InvalidPathException e) { // a name that this system cannot even ask for
            throw new IOException(e.getMessage(), e);
        }
    }
}
