package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.text.SurrogateEscape;
import dev.pitot.testkit.GoldenFiles;
import dev.pitot.wire.auth.PasswordHash;
import java.io.IOException;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as a separate process in various locales: bytes of arguments, variables and files pass
/// unchanged. Without the launcher, which makes the JVM run in a UTF-8 locale.
@EnabledOnOs(OS.LINUX)
@Timeout(180)
@Tag("slow")
class LocaleTest {
    /// For a shell's printf: `Lätin-ü`, its first letter outside ASCII in ISO 8859-1 and the last in
    /// UTF-8.
    private static final String MIXED = "L\\344tin-\\303\\274";

    private static final String MIXED_TEXT = "L\udce4tin-ü";

    private final String port = Launch.freePort();
    private final Launch.Running server = Launch.start("-s", "-p", port, "-J");

    @TempDir
    Path folder;

    @BeforeEach
    void awaitServer() throws IOException {
        Files.createDirectory(folder.resolve("here"));
        server.awaitListening();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "", "C.UTF-8", "en_US.ISO-8859-1", "xx_XX.UTF-8"})
    void textsAndNamesOfFilesPassUnchanged(String locale) throws Exception {
        sh(locale, "printf data > \"$(printf '" + MIXED + "')\"");

        String output = client(
                locale, "-T", quoted(MIXED), "-F", quoted(MIXED), "--extra-data", quoted("\\303\\251\\342\\202\\254"));
        client(locale, "-T", "ü", "-n", "1", "--logfile", quoted("log" + MIXED), "-I", quoted("pid" + MIXED));
        String missing = client(locale, "-F", quoted("no" + MIXED));

        assertThat(output).startsWith(MIXED_TEXT + ":  Connecting to host ").contains("iperf Done.");
        assertThat(server.awaitOutput("\"title\":\t\"ü\"")).contains("\"extra_data\":\t\"é€\"", "\"L?tin-ü\"");
        assertThat(sh(locale, "cat \"$(printf 'log" + MIXED + "')\"")).contains("iperf Done.");
        assertThat(missing).contains("unable to open -F file: No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void userAndPasswordAreTheBytesThatWereGiven(String locale) throws Exception {
        String users = MIXED_TEXT + "," + PasswordHash.of(MIXED_TEXT, MIXED_TEXT) + "\n";
        Path usersFile = Files.write(folder.resolve("users"), SurrogateEscape.encode(users));
        Files.write(folder.resolve("password"), SurrogateEscape.encode(MIXED_TEXT + "\n"));
        String guarded = Launch.freePort();
        String client = command(
                "-c 127.0.0.1 -n 1 -p",
                guarded,
                "--username",
                quoted(MIXED),
                "--rsa-public-key-path",
                "'" + key("public.pem") + "'");
        try (Launch.Running guard = Launch.start(
                "-s",
                "-p",
                guarded,
                "--rsa-private-key-path",
                key("private.pem"),
                "--authorized-users-path",
                usersFile.toString())) {
            guard.awaitOutput("Server listening on ");

            assertThat(sh(locale, "IPERF3_PASSWORD=" + quoted(MIXED) + " " + client))
                    .contains("iperf Done.");
            assertThat(sh(locale, client + " --password-file ../password")).contains("iperf Done.");
            assertThat(sh(locale, "IPERF3_PASSWORD=L?tin-ü " + client)).contains("authorization failed");
        }
    }

    @Test
    void aFolderWithAnyNameCanBeWorkedIn() throws Exception {
        sh("C", "mkdir \"$(printf '" + MIXED + "')\"");

        String output = sh(
                "C",
                "cd \"$(printf '" + MIXED + "')\" && printf data > file && "
                        + command("-c", "127.0.0.1", "-p", port, "-F", "file"));

        assertThat(output).contains("iperf Done.");
    }

    @Test
    void whatIsRefusedIsShownAsItWasGiven() throws Exception {
        assertThat(client("C", "-t", quoted(MIXED))).contains("invalid value '" + MIXED_TEXT + "' for --time");
        assertThat(client("C", "--" + quoted(MIXED))).contains("unrecognized option '--" + MIXED_TEXT + "'");
    }

    private String key(String name) throws IOException {
        return GoldenFiles.copy("auth/" + name, folder).toString();
    }

    private String client(String locale, String... options) throws Exception {
        List<String> args = new ArrayList<>(List.of("-c", "127.0.0.1", "-p", port));
        args.addAll(List.of(options));
        return sh(locale, command(args.toArray(String[]::new)));
    }

    /// Returns the program's command line for a shell.
    ///
    /// @param args words in shell syntax
    private static String command(String... args) {
        return "'" + String.join("' '", SeparateJvm.command()) + "' " + String.join(" ", args);
    }

    /// Quotes a word of arbitrary bytes.
    private static String quoted(String octal) {
        return "\"$(printf '" + octal + "')\"";
    }

    /// Runs a script and returns all its output.
    ///
    /// @param locale empty for none
    /// @param script in ASCII, plus characters of this JVM's locale
    private String sh(String locale, String script) throws IOException, InterruptedException {
        Path file = folder.resolve("script.sh");
        Files.write(file, script.getBytes(StandardCharsets.UTF_8));
        var builder = new ProcessBuilder("sh", file.toString())
                .directory(folder.resolve("here").toFile())
                .redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        if (!locale.isEmpty()) {
            variables.put("LC_ALL", locale);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = SurrogateEscape.decode(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
