package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.FreePort;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Signal;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program that starts the JVM. It does what the script `./pitot` does, see LauncherTest of module `cli`.
@Tag("slow")
@Needs(Tool.PACKAGE)
class NativeLauncherTest {
    private final Path pitot = BuiltPackages.tree().file("bin/pitot");

    @TempDir
    Path folder;

    @Test
    void worksThroughLinksAsIperf3() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("usr/bin"));
        Files.createSymbolicLink(folder.resolve("usr/other"), pitot); // JUnit would warn about it
        Files.createSymbolicLink(bin.resolve("iperf3"), Path.of("../other"));

        assertThat(sh("cd '" + bin + "' && PATH=.:$PATH && iperf3 lab --no-such"))
                .isEqualTo("1 iperf3: unknown option '--no-such' (see iperf3 lab --help)\n");
        assertThat(sh("'" + folder + "/usr/other' lab --no-such"))
                .isEqualTo("1 pitot: unknown option '--no-such' (see pitot lab --help)\n");
        assertThat(sh("'" + BuiltPackages.tree().file("lib/pitot/iperf3") + "' lab --no-such"))
                .isEqualTo("1 iperf3: unknown option '--no-such' (see iperf3 lab --help)\n");
    }

    @Test
    void passesArgumentsAndFurtherOptionsOfTheJvm() throws Exception {
        assertThat(sh("exec '" + pitot + "' lab '--a  b\tä*'"))
                .isEqualTo("1 pitot: unknown option '--a  b\tä*' (see pitot lab --help)\n");
        assertThat(sh("PITOT_JAVA_OPTS='  -Dpitot.name=iperf3\t-Da=b ' '" + pitot + "' lab --no-such"))
                .isEqualTo("1 iperf3: unknown option '--no-such' (see iperf3 lab --help)\n");
        assertThat(sh("PITOT_JAVA_OPTS=-XX:No '" + pitot + "' -v")).startsWith("1 Unrecognized VM option 'No'");
    }

    @Test
    void optionsForEveryJavaDoNotCount() throws Exception {
        assertThat(sh("JDK_JAVA_OPTIONS=-XX:No JAVA_TOOL_OPTIONS=-XX:+UseZGC _JAVA_OPTIONS=-Xmx1m '" + pitot
                        + "' lab --no-such"))
                .isEqualTo("1 pitot: unknown option '--no-such' (see pitot lab --help)\n");
    }

    @Test
    void whatTheJvmSaysIsNotOutput() throws Exception {
        assertThat(sh("PITOT_JAVA_OPTS=-Xmx1m '" + pitot + "' --version")).startsWith("1 Error occurred during");
        assertThat(sh("PITOT_JAVA_OPTS=-Xmx1m '" + pitot + "' --version 2>/dev/null"))
                .isEqualTo("1 ");
    }

    @ParameterizedTest
    @CsvFileSource(files = "../cli/src/test/resources/launcher-compilers.csv")
    void usesTheSecondCompilerToSendDatagramsWithoutALimit(String arguments, int level) throws Exception {
        assertThat(sh("PITOT_JAVA_OPTS=-XX:+PrintFlagsFinal '" + pitot + "' " + arguments))
                .startsWith("0 ")
                .containsPattern(" TieredStopAtLevel += " + level + " ");
    }

    @Test
    void passesAsManyArgumentsAsTheSystemAllows() throws Exception {
        assertThat(sh("exec '" + pitot + "' lab $(seq -f 'argument%g' 1 20000)"))
                .startsWith("1 pitot: ")
                .contains("argument1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "two\nlines", "dätei €", "*", "-x", "q\"u'o$x`t\\e;@#"})
    void worksInAFolderOfAnyName(String name) throws Exception {
        Path linked = LinkedTree.at(LinkedTree.folder().resolve(name));

        try (ChildProcess version = ChildProcess.start(
                List.of(linked.toString(), "--version"), Map.of("PITOT_JAVA_OPTS", "-XX:AOTMode=on"))) {
            assertThat(version.awaitExit().stdout()).startsWith("iperf 3.");
        }
    }

    @Test
    void refusesAFolderThatJavaCannotLoadFrom() throws Exception {
        Path home = LinkedTree.folder();
        Path linked = LinkedTree.at(home.resolve("a:b"));
        LinkedTree.at(home.resolve("plain"));

        assertThat(sh("'" + linked + "' --version"))
                .isEqualTo("1 pitot: Java cannot load a program from a path with a colon in it: move "
                        + home.toRealPath().resolve("a:b/lib/pitot") + " elsewhere.\n");
        assertThat(sh("cd '" + home + "' && mv plain \"$(printf 'p\\344')\" && p?/bin/pitot --version"))
                .startsWith("1 pitot: Java cannot load a program from a path that is not UTF-8: move ");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Path home = LinkedTree.folder();
        Path linked = LinkedTree.at(home.resolve("tree"));
        Path lib = home.resolve("tree/lib/pitot");

        Files.delete(lib.resolve("runtime/bin/java"));
        String withoutJava = sh("'" + linked + "' --version");
        Files.move(lib.resolve("app"), lib.resolve("elsewhere"));

        assertThat(withoutJava)
                .isEqualTo("1 pitot: cannot start " + lib.toRealPath()
                        + "/runtime/bin/java: No such file or directory.\n");
        assertThat(sh("'" + linked + "' --version"))
                .isEqualTo("1 pitot: the program's files are missing in " + lib.toRealPath()
                        + "/app: install Pitot again.\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"INT", "TERM"})
    void endsByASignalAsIperf3Does(Signal signal) throws Exception {
        String server = "trap '' INT HUP; LC_ALL=de_DE.UTF-8 exec '" + pitot + "' -s -p " + FreePort.find();

        try (ChildProcess program = ChildProcess.start(List.of("sh", "-c", server))) {
            program.awaitStdout("Server listening");
            String variables = Files.readString(Path.of("/proc/" + program.pid() + "/environ"));
            String status = Files.readString(Path.of("/proc/" + program.pid() + "/status"));
            program.send(signal);

            assertThat(program.awaitExit().code()).isZero();
            assertThat(program.stderr()).contains("iperf3: interrupt - the server has terminated by signal ");
            assertThat(variables).contains("LC_ALL=C.UTF-8\0", "PITOT_LC_ALL=de_DE.UTF-8\0");
            assertThat(status).containsPattern("SigIgn:\t[0-9a-f]{15}[159d]\n"); // SIGHUP, not SIGINT
        }
    }

    @Test
    void startsADaemon() throws Exception {
        String port = Integer.toString(FreePort.find());
        Path pid = folder.resolve("pid");

        String started = sh("'" + pitot + "' -s -D -1 -p " + port + " -I '" + pid + "'");
        ProcessHandle daemon =
                ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
        try {
            assertThat(started).isEqualTo("0 ");
            assertThat(Files.readString(Path.of("/proc/" + daemon.pid() + "/cmdline")))
                    .contains("/lib/pitot/runtime/bin/java\0", "\0-XX:AOTCache=", "\0dev.pitot.cli.Main\0-s\0-D\0-1\0");
            assertThat(sh("'" + pitot + "' -c 127.0.0.1 -n 1M -p " + port)).startsWith("0 ");
        } finally {
            daemon.destroyForcibly();
        }
    }

    /// Returns the exit code, a space, and all output.
    private static String sh(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
