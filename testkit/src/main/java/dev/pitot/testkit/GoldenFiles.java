package dev.pitot.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Golden files in this module's folder `golden`, recorded from real programs:
///
/// - `iperf3/VERSION`: tests of iperf3 with both ends, see [Golden];
/// - `recorded/PROGRAM-VERSION`: other outputs, one file per end;
/// - `wire/VERSION`: recorded network traffic;
/// - `auth`: keys and user list of the recorded tests.
///
/// Thread-safe.
public final class GoldenFiles {
    private static final String ROOT = "/golden/";

    private GoldenFiles() {}

    /// Reads a golden file as text.
    ///
    /// @param name name of a file below the folder, for example `wire/3.21/tcp.txt`
    /// @return its whole text
    /// @throws IllegalArgumentException if there is no such file
    public static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Copies a golden file to a folder, for programs that need a regular file.
    ///
    /// @param name name of a file below the folder
    /// @param folder folder for the copy, which gets the last part of the name; an existing file is
    ///     replaced
    /// @return the copy
    /// @throws IllegalArgumentException if there is no such file
    public static Path copy(String name, Path folder) throws IOException {
        Path copy = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = open(name)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = GoldenFiles.class.getResourceAsStream(ROOT + name);
        if (in == null) {
            throw new IllegalArgumentException("no golden file: " + name);
        }
        return in;
    }

    /// Returns the file names in a folder, without the folder, sorted.
    ///
    /// @param folder folder, for example `iperf3/3.21`
    /// @param file one of its files
    static List<String> names(String folder, String file) {
        try {
            URL url = GoldenFiles.class.getResource(ROOT + folder + "/" + file);
            if (url == null) {
                throw new IllegalArgumentException("no golden file: " + folder + "/" + file);
            }
            URLConnection connection = url.openConnection();
            return connection instanceof JarURLConnection jar
                    ? namesInJar(jar, file)
                    : namesBeside(Path.of(url.toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> namesBeside(Path file) throws IOException {
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> namesInJar(JarURLConnection connection, String file) throws IOException {
        String entry = connection.getEntryName();
        String folder = entry.substring(0, entry.length() - file.length());
        return connection.getJarFile().stream() // the class loader's own, which closes it
                .map(one -> one.getName())
                .filter(name -> name.startsWith(folder) && name.length() > folder.length())
                .map(name -> name.substring(folder.length()))
                .sorted()
                .toList();
    }
}
