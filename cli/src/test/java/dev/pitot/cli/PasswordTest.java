package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pitot.testkit.GoldenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Sources of a client's password, tested against a server whose user `mario` has the password `rossi`.
@Timeout(180) // each test starts several JVMs
@Tag("slow")
class PasswordTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script"); // provides a terminal; part of util-linux

    private final String port = Launch.freePort();
    private final Launch.Running server = Launch.start(
            "-s",
            "-p",
            port,
            "--rsa-private-key-path",
            file("private.pem"),
            "--authorized-users-path",
            file("users.csv"));

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    @BeforeEach
    void awaitServer() {
        server.awaitOutput("Server listening on ");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void fromTheVariable() throws Exception {
        assertThat(run(Map.of("IPERF3_PASSWORD", "rossi"), client())).isEqualTo(0);
        assertThat(run(Map.of("IPERF3_PASSWORD", "verdi"), client())).isEqualTo(1);
        assertThat(run(Map.of("IPERF3_PASSWORD", ""), client())).isEqualTo(1);
    }

    @Test
    void fromAFile() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, "rossi\n");

        assertThat(run(Map.of(), client("--password-file", file.toString()))).isEqualTo(0);
    }

    @Test
    void fromNowhereIsAnError() throws Exception {
        assertThat(run(Map.of(), client())).isEqualTo(1);

        assertThat(output()).contains("you must specify a username, password, and path to a valid RSA public key");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fromThePersonAtTheTerminal() throws Exception {
        assertThat(runAtTerminal(quoted(client()))).isEqualTo(0);

        assertThat(output()).startsWith("Password: ").contains("iperf Done.").doesNotContain("rossi");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fromThePersonAtTheTerminalWhoSendsTheOutputElsewhere() throws Exception {
        Path document = folder.resolve("document");

        assertThat(runAtTerminal(quoted(client("-J")) + " > " + document + " && stty -a"))
                .isEqualTo(0);

        assertThat(output())
                .startsWith("Password: ")
                .containsPattern("[ ;]echo\\b")
                .doesNotContain("rossi");
        assertThat(document).content().startsWith("{\n").endsWith("}\n");
    }

    private List<String> client(String... more) {
        List<String> args = new ArrayList<>(List.of("-c", "127.0.0.1", "-p", port, "-n", "1M", "--username", "mario"));
        args.addAll(List.of("--rsa-public-key-path", file("public.pem")));
        args.addAll(List.of(more));
        return SeparateJvm.command(args.toArray(String[]::new));
    }

    private int run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment().remove("IPERF3_PASSWORD");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        process.outputWriter().close();
        return process.waitFor();
    }

    /// Types the password at the prompt.
    private int runAtTerminal(String command) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SCRIPT), "needs " + SCRIPT);
        Process terminal = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null").start();
        var seen = new StringBuilder();
        for (int next = terminal.getInputStream().read();
                next >= 0;
                next = terminal.getInputStream().read()) {
            seen.append((char) next);
            if (seen.toString().equals("Password: ")) {
                terminal.getOutputStream().write("rossi\n".getBytes(StandardCharsets.US_ASCII));
                terminal.getOutputStream().flush();
            }
        }
        Files.writeString(folder.resolve("output"), seen);
        return terminal.waitFor();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private static String quoted(List<String> words) {
        return "'" + String.join("' '", words) + "'";
    }

    private static String file(String name) {
        try {
            return GoldenFiles.copy("auth/" + name, keys).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
