package dev.pitot.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The file SHA256SUMS, as sha256sum(1) reads it.
final class Checksums {
    /// Name of the file.
    static final String FILE = "SHA256SUMS";

    private Checksums() {}

    /// Writes the file beside the packages.
    static void write(Path directory, List<Path> packages) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : packages) {
            lines.add(sha256(file) + "  " + file.getFileName());
        }
        Files.write(directory.resolve(FILE), lines);
    }

    static String sha256(Path file) throws IOException {
        return of(file, "SHA-256");
    }

    /// @param algorithm name of a digest that every Java has
    static String of(Path file, String algorithm) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] block = new byte[1 << 16];
            for (int count = content.read(block); count >= 0; count = content.read(block)) {
                digest.update(block, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
