package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a copy of the repository that is built already, with this test's classes.
@DisabledOnOs(OS.WINDOWS)
@Timeout(60) // each test starts several JVMs
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @BeforeEach
    void build() throws IOException {
        Path house = folder.resolve("the house");
        Path app = Files.createDirectories(house.resolve("cli/target/app"));
        Files.createDirectories(house.resolve("libexec"));
        copy("pitot", house);
        copy("libexec/find-java", house);
        int number = 0;
        for (String entry : SeparateJvm.classPath()) { // folders are as good as jars, whatever they are called
            Files.createSymbolicLink(
                    app.resolve(number++ + ".jar"), Path.of(entry).toAbsolutePath());
        }
        Files.createFile(app.resolve("ready"));
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
        assertThat(words).contains("\0-XX:+UseSerialGC\0", "\0dev.pitot.cli.Main\0-s\0-D\0-1\0");
        assertThat(client.exitCode()).isZero();
    }

    @AfterEach
    void killWhatIsLeft() throws IOException {
        daemon().ifPresent(ProcessHandle::destroyForcibly);
        try (Stream<Path> app = Files.list(folder.resolve("the house/cli/target/app"))) {
            for (Path link : app.toList()) {
                Files.delete(link); // JUnit would ask whether this is meant
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

    /// The exit code, a space, and all output.
    private static String run(Path where, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().put("PITOT_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
