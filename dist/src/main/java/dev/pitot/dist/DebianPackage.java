package dev.pitot.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// The Debian package: the tree below `/usr`, as Debian's policy has it, and what is in
/// `dist/src/main/debian`. Debian's own dpkg-deb makes the archive, which depends on nothing but these
/// files.
final class DebianPackage {
    private static final String DOCUMENTS = "usr/share/doc/pitot/";
    private static final String UNITS = "usr/lib/systemd/system/";

    /// Files of `dist/src/main/debian` that are installed, with their paths.
    private static final Map<String, String> INSTALLED = Map.of(
            "copyright", DOCUMENTS + "copyright",
            "default", "etc/default/pitot",
            "lintian-overrides", "usr/share/lintian/overrides/pitot",
            "pitot.service", UNITS + "pitot.service",
            "pitot@.service", UNITS + "pitot@.service");

    /// Files about the package, and whether dpkg runs them.
    private static final Map<String, Boolean> CONTROL =
            Map.of("conffiles", false, "postinst", true, "prerm", true, "postrm", true);

    private final ProgramTree tree;
    private final Path sources;
    private final Path root;

    private DebianPackage(ProgramTree tree) {
        this.tree = tree;
        this.sources = tree.build().repository().resolve("dist/src/main/debian");
        this.root = tree.build().output().resolve("debian");
    }

    /// Makes the package.
    ///
    /// @return its file
    static Path create(ProgramTree tree) throws IOException, PackagingException {
        var made = new DebianPackage(tree);
        ProgramTree.delete(made.root);
        made.addTree();
        made.addSources();
        made.addChangelogs();
        made.addControl();
        made.seal();
        return made.archive();
    }

    /// Returns Debian's form of a version: one that is not a release sorts before the release.
    static String version(String version) {
        return version.replaceFirst("-", "~") + "-1";
    }

    private void addTree() throws IOException {
        for (TreeEntry entry : tree.entries()) {
            boolean isInstalled = entry.path().contains("/"); // files at the root are for archives
            if (isInstalled && entry instanceof TreeEntry.Content content) {
                addContent(content);
            } else if (isInstalled && entry instanceof TreeEntry.Link link) {
                Files.createSymbolicLink(place(installedPath(link.path())), Path.of(link.target()));
            }
        }
    }

    private void addContent(TreeEntry.Content content) throws IOException {
        String path = installedPath(content.path());
        if (path.startsWith("usr/share/man/")) {
            compress(Files.readAllBytes(content.content()), path + ".gz");
        } else {
            copy(content.content(), path, content.executable());
        }
    }

    private static String installedPath(String path) {
        return "usr/" + path.replaceFirst("^share/zsh/site-functions/", "share/zsh/vendor-completions/");
    }

    private void addSources() throws IOException {
        for (Map.Entry<String, String> file : INSTALLED.entrySet()) {
            copy(sources.resolve(file.getKey()), file.getValue(), false);
        }
    }

    private void addChangelogs() throws IOException {
        Build build = tree.build();
        compress(Files.readAllBytes(build.repository().resolve("CHANGES.md")), DOCUMENTS + "changelog.gz");
        String date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .format(build.time().atOffset(ZoneOffset.UTC));
        String changelog = """
                pitot (%s) unstable; urgency=medium

                  * Version %s; changelog.gz says what is new.

                 -- The Pitot developers <pitot-dev@users.noreply.github.com>  %s
                """.formatted(version(build.version()), build.version(), date);
        compress(changelog.getBytes(StandardCharsets.UTF_8), DOCUMENTS + "changelog.Debian.gz");
    }

    private void addControl() throws IOException, PackagingException {
        writeChecksums();
        for (Map.Entry<String, Boolean> file : CONTROL.entrySet()) {
            copy(sources.resolve(file.getKey()), "DEBIAN/" + file.getKey(), file.getValue());
        }
        String control = Files.readString(sources.resolve("control"))
                .replace("[[version]]", version(tree.build().version()))
                .replace("[[architecture]]", tree.build().platform().debianName())
                .replace("[[depends]]", SharedLibraries.of(tree.entries()).depends())
                .replace("[[kibibytes]]", Long.toString(installedBytes() / 1024));
        Files.writeString(place("DEBIAN/control"), control);
        setPermissions(root.resolve("DEBIAN/control"), false);
    }

    /// Writes what `dpkg --verify` compares installed files with. Configuration files are compared
    /// otherwise.
    private void writeChecksums() throws IOException {
        var lines = new StringBuilder();
        for (Path file : installedFiles()) {
            String path = root.relativize(file).toString();
            if (!path.startsWith("etc/")) {
                lines.append(Checksums.of(file, "MD5"))
                        .append("  ")
                        .append(path)
                        .append('\n');
            }
        }
        Files.writeString(place("DEBIAN/md5sums"), lines);
        setPermissions(root.resolve("DEBIAN/md5sums"), false);
    }

    private long installedBytes() throws IOException {
        long bytes = 0;
        for (Path file : installedFiles()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private List<Path> installedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.startsWith(root.resolve("DEBIAN")))
                    .sorted()
                    .toList();
        }
    }

    private Path archive() throws IOException, PackagingException {
        Build build = tree.build();
        String name =
                "pitot_" + version(build.version()) + "_" + build.platform().debianName() + ".deb";
        Path archive = build.unfinished().resolve(name);
        try {
            BuildTool.run(
                    build.output(),
                    Map.of("SOURCE_DATE_EPOCH", Long.toString(build.time().getEpochSecond())),
                    List.of(
                            "dpkg-deb",
                            "--root-owner-group",
                            "--threads-max=1", // several compress to other bytes than one
                            "-Zxz",
                            "--build",
                            root.toString(),
                            archive.toString()));
        } catch (IOException e) {
            throw new PackagingException("the Debian package needs dpkg-deb: install dpkg (" + e.getMessage() + ").");
        }
        return archive;
    }

    /// Sets the times of everything, and permissions of directories: those of a file are set when it is
    /// made.
    private void seal() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    setPermissions(file, true);
                }
                Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(FileTime.from(tree.build().time()), null, null);
            }
        }
    }

    private void copy(Path source, String path, boolean executable) throws IOException {
        Files.copy(source, place(path));
        setPermissions(root.resolve(path), executable);
    }

    private void compress(byte[] content, String path) throws IOException {
        var parameters = new GzipParameters(); // without a time
        parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
        try (OutputStream file = Files.newOutputStream(place(path));
                var gzip = new GzipCompressorOutputStream(file, parameters)) {
            gzip.write(content);
        }
        setPermissions(root.resolve(path), false);
    }

    /// Returns the file at a path, which does not exist yet, in a directory that does.
    private Path place(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    private static void setPermissions(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
