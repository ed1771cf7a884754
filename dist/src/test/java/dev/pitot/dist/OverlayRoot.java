package dev.pitot.dist;

import dev.pitot.testkit.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A root directory that a test may change: the machine's files without any Java, or nothing at all.
/// Changes are in memory, and gone after closing, as is every process that was started in it. Its
/// network is a loopback interface of its own.
final class OverlayRoot implements AutoCloseable {
    /// What has Java and Maven on the machines that run tests.
    private static final List<String> JAVA = List.of(
            "/usr/lib/jvm", "/usr/java", "/usr/share/java", "/usr/share/maven", "/opt", "/root", "/home", "/etc/java");

    /// Environment of programs in it. Variables of the test are not passed on.
    private static final List<String> ENVIRONMENT =
            List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "DEBIAN_FRONTEND=noninteractive");

    private final Path folder;
    private final ChildProcess holder;
    private final long first;

    private OverlayRoot(String kind, List<String> hidden) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("pitot-root-");
        Files.createDirectory(shared());
        Path script = folder.resolve("overlay-root.sh");
        try (InputStream content = Objects.requireNonNull(getClass().getResourceAsStream("overlay-root.sh"))) {
            Files.copy(content, script);
        }
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", script.toString()));
        command.addAll(List.of(folder.toString(), kind));
        command.addAll(hidden);
        holder = ChildProcess.start(command);
        holder.awaitStdout("ready");
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(holder.pid()).orElseThrow().children()) {
            first = children.findFirst().orElseThrow().pid();
        }
    }

    /// Opens the machine's root without Java, Maven and what is built here.
    static OverlayRoot withoutJava() throws IOException, InterruptedException {
        List<String> hidden = new ArrayList<>(JAVA);
        hidden.add(System.getProperty("java.home"));
        hidden.add(Path.of("..").toRealPath().toString());
        return new OverlayRoot("overlay", hidden);
    }

    /// Opens a root in which there is nothing but devices, processes and an empty directory `/tmp`.
    static OverlayRoot empty() throws IOException, InterruptedException {
        return new OverlayRoot("empty", List.of());
    }

    /// Directory that has the same path in the root and outside.
    Path shared() {
        return folder.resolve("shared");
    }

    /// Runs a program as root.
    ChildProcess.Exit run(String... command) throws IOException, InterruptedException {
        return runAs("0:0", command);
    }

    /// Runs a program as a user of this number and group.
    ChildProcess.Exit runAs(String user, String... command) throws IOException, InterruptedException {
        try (ChildProcess process = start(user, List.of(), List.of(command))) {
            return process.awaitExit();
        }
    }

    /// Starts a program as a user of this number and group.
    ///
    /// @param variables of its environment, as `NAME=value`
    ChildProcess start(String user, List<String> variables, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(inNamespaces());
        all.addAll(ENVIRONMENT);
        all.addAll(variables);
        all.addAll(
                List.of("/usr/sbin/chroot", "--userspec=" + user, "--groups=" + user.substring(user.indexOf(':') + 1)));
        all.add(folder.resolve("tree/root").toString());
        all.addAll(command);
        return ChildProcess.start(all);
    }

    /// Runs a program of the machine, which sees the machine's files and the root's network and processes.
    ChildProcess.Exit runBeside(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(inNamespaces());
        all.addAll(List.of(command));
        try (ChildProcess process = ChildProcess.start(all)) {
            return process.awaitExit();
        }
    }

    /// Copies a file into the root.
    void copy(Path file, String path) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(inNamespaces());
        all.addAll(List.of("cp", file.toString(), folder.resolve("tree/root") + path));
        requireSuccess(all);
    }

    /// Unpacks an archive of a type that tar(1) knows into the root.
    void unpack(Path archive) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(inNamespaces());
        all.addAll(List.of(
                "tar",
                "-xf",
                archive.toString(),
                "-C",
                folder.resolve("tree/root").toString()));
        requireSuccess(all);
    }

    /// Returns the paths of everything that was added, changed or removed since it was opened, but for
    /// directories that were there before.
    Set<String> changes() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(inNamespaces());
        all.addAll(List.of("find", folder.resolve("tree/upper").toString(), "-mindepth", "1", "-printf", "/%P\\n"));
        return requireSuccess(all)
                .lines()
                .filter(path -> !Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> inNamespaces() {
        return List.of("nsenter", "--target", Long.toString(first), "--mount", "--net", "--pid");
    }

    private static String requireSuccess(List<String> command) throws IOException, InterruptedException {
        try (ChildProcess process = ChildProcess.start(command)) {
            ChildProcess.Exit exit = process.awaitExit();
            if (exit.code() != 0) {
                throw new IOException(process.toString());
            }
            return exit.stdout();
        }
    }

    @Override
    public void close() throws IOException {
        holder.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
