package dev.pitot.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs of the program that show which classes it loads: one of each thing that users start often.
final class TrainingRuns {
    /// Ending of the lists of classes.
    static final String LIST = ".list";

    private static final String HOST = "127.0.0.1";

    private final Path launcher;
    private final Path work;

    /// @param launcher of the program, which has no AOT cache yet
    /// @param work directory for the lists
    TrainingRuns(Path launcher, Path work) {
        this.launcher = launcher;
        this.work = work;
    }

    /// Runs them all.
    void record() throws IOException, PackagingException {
        run("version", "--version");
        run("loopback", "loopback", "-t", "1");
        recordServer();
        run("lab", "lab", "sample", "plan.yaml");
        run("check", "lab", "check", "plan.yaml");
    }

    /// A server, and tests of the usual kinds with it.
    private void recordServer() throws IOException, PackagingException {
        String port = freePort();
        Process server = BuildTool.builder(
                        work, variables("server"), List.of(launcher.toString(), "-s", "-p", port, "--forceflush"))
                .start();
        try (BufferedReader output = server.inputReader()) {
            if (output.lines().noneMatch(line -> line.startsWith("Server listening"))) {
                throw new PackagingException("the server of the training run did not start.");
            }
            run("tcp", "-c", HOST, "-p", port, "-t", "1");
            run("bytes", "-c", HOST, "-p", port, "-n", "1M", "-R");
            run("udp", "-c", HOST, "-p", port, "-t", "1", "-u", "-b", "10M");
            run("json", "-c", HOST, "-p", port, "-t", "1", "-J");
            server.destroy();
            server.waitFor();
        } catch (InterruptedException _) {
            throw BuildTool.interrupted();
        } finally {
            server.destroyForcibly();
        }
    }

    private void run(String name, String... arguments) throws IOException, PackagingException {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        BuildTool.run(work, variables(name), List.of(command));
    }

    /// A relative path, since the launcher splits at blanks.
    private static Map<String, String> variables(String name) {
        return Map.of("PITOT_JAVA_OPTS", "-XX:DumpLoadedClassList=" + name + LIST);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
