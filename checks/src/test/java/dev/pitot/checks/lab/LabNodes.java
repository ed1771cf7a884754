package dev.pitot.checks.lab;

import dev.pitot.checks.SourceTree;
import dev.pitot.checks.program.LinkedLauncher;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.NamespaceStar;
import dev.pitot.testkit.SshdProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Three nodes, each a network namespace with a real sshd, and the program's launcher. Their names end
/// in a random tag, since a node's processes are identified by its name on a machine that all tests
/// share. The lab keeps its files on them in a folder of the test: in the usual one, sessions of other
/// tests would end what a killed session has left. Control connections enter the namespaces by
/// `ip netns`, so they work without the nodes' network links.
final class LabNodes implements AutoCloseable {
    private static final List<String> LETTERS = List.of("a", "b", "c");
    private static final List<String> ENGINES = List.of("iperf", "iperf3", "java");

    private final Path folder;
    private final NamespaceStar star;
    private final Map<String, SshdProcess> doors = new LinkedHashMap<>();
    private final String tag = Integer.toString(ThreadLocalRandom.current().nextInt(0x1000000), Character.MAX_RADIX);
    private final Path bin;
    private final Path nodeFiles;
    private final Map<String, String> programs = new LinkedHashMap<>();

    private LabNodes(Path folder, NamespaceStar star) throws IOException {
        this.folder = folder;
        this.star = star;
        nodeFiles = Files.createDirectory(folder.resolve("node_files"));
        bin = LinkedLauncher.in(Files.createDirectory(folder.resolve("program")), SourceTree.root())
                .folder();
        programs.put("pitot", program().toString());
    }

    /// Creates the nodes.
    ///
    /// @param folder of the test, for all files
    static LabNodes create(Path folder) throws IOException, InterruptedException {
        var nodes = new LabNodes(folder, NamespaceStar.create(LETTERS.size()));
        try {
            for (String letter : LETTERS) {
                int host = host(letter);
                Path files = folder.resolve("sshd_" + letter);
                nodes.doors.put(
                        letter, SshdProcess.start(files, nodes.star.address(host), nodes.star.in(host, List.of())));
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            nodes.close();
            throw e;
        }
        return nodes;
    }

    private static int host(String letter) {
        return LETTERS.indexOf(letter) + 1;
    }

    /// Name of a node in plans.
    ///
    /// @param letter `a`, `b` or `c`
    String name(String letter) {
        return letter + tag;
    }

    /// Writes a plan over all nodes.
    ///
    /// @param rest everything except the nodes; `$a`, `$b` and `$c` stand for their names
    Path plan(String rest) throws IOException {
        var text = new StringBuilder("title: net\nnodes:\n");
        doors.forEach((letter, door) -> text.append(node(letter, door)));
        String named = rest;
        for (String letter : LETTERS) {
            named = named.replace("$" + letter, name(letter));
        }
        return Files.writeString(folder.resolve("plan.yaml"), text + named);
    }

    private String node(String letter, SshdProcess door) {
        String into = String.join(" ", star.in(host(letter), List.of()));
        List<String> options = new ArrayList<>(List.of("ProxyCommand=" + into + " socat STDIO TCP:%h:%p"));
        door.options().stream()
                .filter(option -> !option.startsWith("ProxyCommand="))
                .forEach(options::add);
        return """
                  %s:
                    connection: ssh
                    host: %s
                    port: %d
                    login: %s
                    identity: %s
                    ssh_options: [%s]
                    interface: %s
                    temporary_folder: %s
                    programs: {%s}
                    environment: {PITOT_JAVA_HOME: %s}
                """.formatted(
                        name(letter),
                        door.host(),
                        door.port(),
                        door.login(),
                        door.clientKey(),
                        options.stream().map(option -> "'" + option + "'").collect(Collectors.joining(", ")),
                        NamespaceStar.INTERFACE,
                        nodeFiles,
                        programs.entrySet().stream()
                                .map(program -> program.getKey() + ": " + program.getValue())
                                .collect(Collectors.joining(", ")),
                        System.getProperty("java.home"));
    }

    /// Names the path of a program in plans that are written from now on.
    void use(String tool, Path path) {
        programs.put(tool, path.toString());
    }

    /// Path of the launcher.
    Path program() {
        return bin.resolveSibling("pitot");
    }

    /// Starts a session.
    ///
    /// @param prefix command that runs the program; empty for none
    ChildProcess run(List<String> prefix, Path plan, Path results) throws IOException {
        return lab(prefix, "run", "--output", results.toString(), plan.toString());
    }

    /// Starts any command of the lab.
    ///
    /// @param prefix command that runs the program; empty for none
    ChildProcess lab(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(program().toString(), "lab"));
        command.addAll(List.of(arguments));
        return ChildProcess.start(command, Map.of("PITOT_JAVA_HOME", System.getProperty("java.home")));
    }

    /// Takes a node's network link down.
    void unplug(String letter) throws IOException, InterruptedException {
        star.unplug(host(letter));
    }

    /// Takes a node's network link up again.
    void plugIn(String letter) throws IOException, InterruptedException {
        star.plugIn(host(letter));
    }

    /// Test address of a node.
    String address(String letter) {
        return star.address(host(letter));
    }

    /// Measurement programs running on a node now.
    List<String> engines(String letter) throws IOException, InterruptedException {
        return star.processes(host(letter)).stream()
                .filter(process ->
                        process.info().command().filter(LabNodes::isEngine).isPresent())
                .map(process ->
                        name(letter) + ": " + process.info().commandLine().orElse("?"))
                .toList();
    }

    /// Leftovers of sessions on the nodes: measurement programs, the files that list them, and leases.
    List<String> leftovers() throws IOException, InterruptedException {
        List<String> left = new ArrayList<>();
        for (String letter : LETTERS) {
            left.addAll(engines(letter));
        }
        try (Stream<Path> files = Files.list(nodeFiles)) {
            files.map(Path::toString).forEach(left::add);
        }
        return left;
    }

    /// Everything that runs on a node besides its sshd.
    List<String> processes(String letter) throws IOException, InterruptedException {
        return star.processes(host(letter)).stream()
                .map(ProcessHandle::info)
                .filter(info -> info.command()
                        .filter(command -> !fileName(command).startsWith("sshd"))
                        .isPresent())
                .map(info -> name(letter) + ": " + info.commandLine().orElse("?"))
                .toList();
    }

    /// Number of logins that a node's sshd has accepted so far.
    long logins(String letter) {
        return Objects.requireNonNull(doors.get(letter), letter)
                .log()
                .lines()
                .filter(line -> line.startsWith("Accepted "))
                .count();
    }

    private static boolean isEngine(String command) {
        return ENGINES.contains(fileName(command));
    }

    private static String fileName(String command) {
        return command.substring(command.lastIndexOf('/') + 1);
    }

    @Override
    public void close() throws IOException {
        doors.values().forEach(SshdProcess::close);
        star.close();
    }
}
