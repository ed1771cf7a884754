package dev.pitot.dist.central;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Content of a bundle for Maven Central: the files of a Maven repository, each with a signature and
/// checksums.
///
/// @param files path in the bundle, with slashes, and content
record CentralBundle(SortedMap<String, byte[]> files) {
    /// Returns a bundle without signatures and checksums of what `mvn deploy` wrote into a folder. Left out
    /// is what a repository makes itself: its own checksums, and lists of versions.
    static CentralBundle ofRepository(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith("maven-metadata") && !isChecksum(name)) {
                    files.put(slashes(folder.relativize(file)), Files.readAllBytes(file));
                }
            }
        }
        return new CentralBundle(files);
    }

    /// Reads a bundle from its zip.
    static CentralBundle read(Path zip) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return new CentralBundle(files);
    }

    /// Returns this bundle with a signature of each file.
    CentralBundle signed(Gpg gpg) throws IOException {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        for (String file : signedFiles()) {
            all.put(file + ".asc", gpg.sign(content(file)));
        }
        return new CentralBundle(all);
    }

    /// Returns this bundle with the checksums that Central asks for.
    CentralBundle withChecksums() {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        for (String file : signedFiles()) {
            all.put(file + ".md5", ascii(checksum("MD5", content(file))));
            all.put(file + ".sha1", ascii(checksum("SHA-1", content(file))));
        }
        return new CentralBundle(all);
    }

    /// Writes the zip; equal bundles are equal files.
    ///
    /// @param time of every entry
    void write(Path zip, LocalDateTime time) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (String file : files.keySet()) {
                var entry = new ZipEntry(file);
                entry.setTimeLocal(time);
                out.putNextEntry(entry);
                out.write(content(file));
                out.closeEntry();
            }
        }
        Files.write(zip, bytes.toByteArray());
    }

    /// Files that have a signature and checksums: all but these themselves.
    List<String> signedFiles() {
        return files.keySet().stream()
                .filter(file -> !file.endsWith(".asc") && !isChecksum(file))
                .toList();
    }

    boolean has(String file) {
        return files.containsKey(file);
    }

    /// Content of a file that there is.
    byte[] content(String file) {
        byte[] content = files.get(file);
        if (content == null) {
            throw new IllegalArgumentException(file);
        }
        return content;
    }

    /// Content of a file that there is, as text.
    String text(String file) {
        return new String(content(file), StandardCharsets.UTF_8);
    }

    /// Checksum in hexadecimal digits.
    static String checksum(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has them
        }
    }

    private static boolean isChecksum(String file) {
        return Stream.of(".md5", ".sha1", ".sha256", ".sha512").anyMatch(file::endsWith);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
