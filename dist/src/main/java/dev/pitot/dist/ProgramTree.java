package dev.pitot.dist;

import dev.pitot.dist.manual.CompletionScripts;
import dev.pitot.dist.manual.ManualPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The tree of files that every package contains, laid out as below a prefix such as `/usr`: `bin`,
/// `lib/pitot`, `share`. Files at its root (LICENSE, NOTICE, README) belong to archives that a user unpacks
/// somewhere.
final class ProgramTree {
    /// Directory of the program in the tree.
    static final String HOME = "lib/pitot";

    private final Build build;

    /// The tree that lies where a build makes it.
    ProgramTree(Build build) {
        this.build = build;
    }

    /// Makes the tree of a build, in place of one that is there.
    static ProgramTree create(Build build) throws IOException, PackagingException {
        ProgramTree tree = withoutAotCache(build);
        AotCache.create(tree.file(HOME), build.output().resolve("training"));
        tree.seal();
        return tree;
    }

    /// Makes all of the tree but the AOT cache, which has the times of the jars in it.
    static ProgramTree withoutAotCache(Build build) throws IOException, PackagingException {
        delete(build.tree());
        var tree = new ProgramTree(build);
        Files.createDirectories(tree.file(HOME));
        tree.addProgram();
        tree.addDocuments();
        tree.addManual();
        RuntimeImage.link(tree.file(HOME));
        NativeLauncher.compile(build.repository().resolve("dist/src/main/c"), tree.file(HOME + "/pitot"));
        tree.addLink(HOME + "/iperf3", "pitot"); // the name by which it is called is what its messages begin with
        tree.addLink("bin/pitot", "../" + HOME + "/pitot");
        tree.seal();
        return tree;
    }

    Build build() {
        return build;
    }

    /// Returns where a file of the tree lies.
    ///
    /// @param path below the root of the tree, with slashes
    Path file(String path) {
        return build.tree().resolve(path);
    }

    /// Returns everything in the tree but its root, each directory before what is in it, sorted by path.
    List<TreeEntry> entries() throws IOException {
        try (Stream<Path> files = Files.walk(build.tree())) {
            return files.skip(1)
                    .map(this::entry)
                    .sorted(Comparator.comparing(TreeEntry::path))
                    .toList();
        }
    }

    private TreeEntry entry(Path file) {
        String path = build.tree().relativize(file).toString();
        try {
            if (Files.isSymbolicLink(file)) {
                return new TreeEntry.Link(path, Files.readSymbolicLink(file).toString());
            }
            if (Files.isDirectory(file)) {
                return new TreeEntry.Folder(path);
            }
            return new TreeEntry.Content(path, file, Files.isExecutable(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addProgram() throws IOException, PackagingException {
        Path app = Files.createDirectories(file(HOME + "/app"));
        if (!Files.isDirectory(build.app())) {
            throw new PackagingException("the program is not compiled: run ./package, or mvn package -pl cli -am.");
        }
        try (Stream<Path> jars = Files.list(build.app())) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                StoredJar.copy(jar, app.resolve(jar.getFileName()));
            }
        }
        addCopy("libexec/jvm-options", HOME + "/jvm-options");
    }

    private void addDocuments() throws IOException {
        addCopy("LICENSE", "LICENSE");
        addCopy("NOTICE", "NOTICE");
    }

    /// Manual pages and completion scripts.
    private void addManual() throws IOException {
        Path plans = build.repository().resolve("docs/lab-plan.md");
        new ManualPages(plans, build.version(), build.time()).write(file("share/man"));
        CompletionScripts.write(file("share"));
    }

    /// Copies a file of the repository.
    private void addCopy(String source, String path) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.copy(build.repository().resolve(source), file(path), StandardCopyOption.REPLACE_EXISTING);
    }

    private void addLink(String path, String target) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.createSymbolicLink(file(path), Path.of(target));
    }

    /// Sets times and permissions of everything, the directory of a file after the file.
    private void seal() throws IOException {
        FileTime time = FileTime.from(build.time());
        try (Stream<Path> files = Files.walk(build.tree())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.isSymbolicLink(file)) {
                    boolean isProgram = Files.isDirectory(file)
                            || (Files.isExecutable(file) && !file.toString().endsWith(".so"));
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
                }
                Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time, null, null);
            }
        }
    }

    /// Deletes a directory with everything in it, if there is one.
    static void delete(Path tree) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
