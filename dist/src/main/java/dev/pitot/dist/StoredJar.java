package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A jar without compression: a package is compressed as a whole, which makes it smaller than compressed jars
/// in it, and the JVM reads classes faster.
final class StoredJar {
    private StoredJar() {}

    /// Copies a jar, with its files in their order and with their times.
    static void copy(Path jar, Path target) throws IOException {
        try (var source = new ZipFile(jar.toFile());
                var copy = new ZipOutputStream(Files.newOutputStream(target))) {
            copy.setMethod(ZipOutputStream.STORED);
            List<? extends ZipEntry> entries = Collections.list(source.entries());
            for (ZipEntry entry : entries) {
                byte[] content = source.getInputStream(entry).readAllBytes();
                copy.putNextEntry(stored(entry, content));
                copy.write(content);
                copy.closeEntry();
            }
        }
    }

    private static ZipEntry stored(ZipEntry entry, byte[] content) {
        var checksum = new CRC32();
        checksum.update(content);
        var stored = new ZipEntry(entry.getName());
        stored.setTimeLocal(entry.getTimeLocal()); // as it stands in the jar, whatever the time zone
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(checksum.getValue());
        return stored;
    }
}
