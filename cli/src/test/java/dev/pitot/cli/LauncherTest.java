package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the launcher in a copy of the repository that is already built, with this test's classes.
@DisabledOnOs(OS.WINDOWS)
@Timeout(180) // each test starts several JVMs
@Tag("slow")
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final List<Path> apps = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void build() throws IOException {
        build(folder.resolve("the house"));
    }

    private void build(Path house) throws IOException {
        Path app = Files.createDirectories(house.resolve("cli/target/app"));
        Files.createDirectories(house.resolve("libexec"));
        copy("pitot", house);
        copy("libexec/find-java", house);
        copy("libexec/jvm-options", house);
        int number = 0;
        for (String entry : SeparateJvm.classPath()) { // folders work like jars, whatever their names
            Files.createSymbolicLink(
                    app.resolve(number++ + ".jar"), Path.of(entry).toAbsolutePath());
        }
        Files.createFile(app.resolve("ready"));
        apps.add(app);
    }

    @Test
    void worksThroughLinksAsIperf3() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("usr/bin"));
        Files.createSymbolicLink(folder.resolve("usr/pitot"), folder.resolve("the house/pitot"));
        Files.createSymbolicLink(bin.resolve("iperf3"), Path.of("../pitot"));

        assertThat(run(bin, "sh", "-c", "PATH=.:$PATH; iperf3 -v"))
                .startsWith("0 iperf 3.21 (Pitot ")
                .contains("\nOptional features available: ");
        assertThat(run(bin, "./iperf3", "-c", "127.0.0.1", "-u", "-l", "8"))
                .startsWith("1 iperf3: parameter error - block size invalid");
        assertThat(run(bin, "./iperf3", "lab", "--no-such"))
                .isEqualTo("1 iperf3: unknown option '--no-such' (see iperf3 lab --help)\n");
        assertThat(run(folder, "usr/pitot", "lab", "--no-such"))
                .isEqualTo("1 pitot: unknown option '--no-such' (see pitot lab --help)\n");
    }

    @ParameterizedTest
    @CsvFileSource(files = "../cli/src/test/resources/launcher-compilers.csv")
    void usesTheSecondCompilerToSendDatagramsWithoutALimit(String arguments, int level) throws Exception {
        assertThat(run(folder, "sh", "-c", "PITOT_JAVA_OPTS=-XX:+PrintFlagsFinal 'the house/pitot' " + arguments))
                .startsWith("0 ")
                .containsPattern(" TieredStopAtLevel += " + level + " ");
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void startsADaemonThatUsesItsOptions() throws Exception {
        String port = Launch.freePort();

        String started = run(folder, "the house/pitot", "-s", "-D", "-1", "-p", port, "-I", "pid");
        ProcessHandle daemon = daemon().orElseThrow();
        String words = Files.readString(Path.of("/proc/" + daemon.pid() + "/cmdline"));
        Launch client = Launch.of("-c", "127.0.0.1", "-p", port, "-n", "1M");

        assertThat(started).isEqualTo("0 ");
        assertThat(words).contains("/libexec/jvm-options\0", "\0dev.pitot.cli.Main\0-s\0-D\0-1\0");
        assertThat(client.exitCode()).isZero();
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void startsADaemonThatKeepsTheBytesOfItsOptions() throws Exception {
        String command = SeparateJvm.command("-s", "-D", "-1", "-p", Launch.freePort(), "-I").stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));

        String started =
                sh("cd \"$HOUSE/..\" && LC_ALL=C " + command + " \"$(printf 'p\\344d')\"; cp p?d pid", "the house");

        assertThat(started).isEqualTo("0 ");
        assertThat(daemon()).isPresent();
        assertThat(sh("cd \"$HOUSE/..\" && cat \"$(printf 'p\\344d')\"", "the house"))
                .isEqualTo("0 " + daemon().orElseThrow().pid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%41b", "two\nlines", "end\n", "dätei €", "*", "-x", "q\"u'o$x`t\\e;"})
    void worksInAFolderOfAnyName(String name) throws Exception {
        build(folder.resolve(name));

        assertThat(sh("cd \"$HOUSE\" && sh pitot -v", name)).startsWith("0 iperf 3.21 (Pitot ");
        assertThat(sh("CDPATH=/:/tmp; export CDPATH; cd \"$HOUSE/..\" && LC_ALL=C \"./$HOUSE_NAME/pitot\" -v", name))
                .startsWith("0 iperf 3.21 (Pitot ");
    }

    @Test
    void anExportedSearchPathOfCdChangesNothing() throws Exception {
        Files.createDirectories(folder.resolve("elsewhere/the house/cli/target/app"));

        assertThat(sh(
                        "CDPATH=$HOUSE/../elsewhere; export CDPATH; cd \"$HOUSE/..\" && sh 'the house/pitot' -v",
                        "the house"))
                .startsWith("0 iperf 3.21 (Pitot ");
    }

    @Test
    void aFolderThatJavaCannotLoadFromIsRefusedInOneSentence() throws Exception {
        build(folder.resolve("a:b"));
        copy("verify", folder.resolve("a:b"));

        for (String program : List.of("pitot", "verify")) {
            assertThat(run(folder, "a:b/" + program, "-v"))
                    .isEqualTo(
                            "1 " + program + ": Java cannot load " + (program.equals("pitot") ? "a program" : "classes")
                                    + " from a path with a colon in it: move "
                                    + folder.toRealPath().resolve("a:b") + " elsewhere.\n");
        }
    }

    @Test
    void aFirstUseWhereNothingCanBeWrittenIsOneSentence() throws Exception {
        Path house = folder.resolve("not built");
        Files.createDirectories(house.resolve("libexec"));
        copy("pitot", house);
        copy("libexec/find-java", house);
        copy("libexec/jvm-options", house);
        Files.createDirectory(house.resolve("cli"));
        Files.createFile(house.resolve("cli/target")); // not a folder: not even root can write into it

        assertThat(run(folder, "not built/pitot", "-v"))
                .isEqualTo("1 pitot: the first use builds Pitot, which needs a user who may write in "
                        + house.toRealPath() + "/cli/target: start it once as one.\n");
    }

    @AfterEach
    void killWhatIsLeft() throws IOException {
        daemon().ifPresent(ProcessHandle::destroyForcibly);
        for (Path app : apps) {
            try (Stream<Path> links = Files.list(app)) {
                for (Path link : links.toList()) {
                    Files.delete(link); // JUnit would warn about it
                }
            }
        }
    }

    private Optional<ProcessHandle> daemon() throws IOException {
        Path pid = folder.resolve("pid");
        return Files.exists(pid) ? ProcessHandle.of(Long.parseLong(Files.readString(pid))) : Optional.empty();
    }

    private static void copy(String file, Path house) throws IOException {
        Files.copy(REPOSITORY.resolve(file), house.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// Returns the exit code, a space, and all output.
    private static String run(Path where, String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(where.toFile()));
    }

    /// Runs a script that has the launcher's folder in a variable. Returns the exit code, a space, and
    /// all output.
    private String sh(String script, String name) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", script);
        builder.environment().put("HOUSE", folder.resolve(name).toString());
        builder.environment().put("HOUSE_NAME", name);
        return run(builder);
    }

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.redirectErrorStream(true).environment().put("PITOT_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
