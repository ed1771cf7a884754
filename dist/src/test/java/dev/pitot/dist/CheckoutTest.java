package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The scripts `./pitot` and `./package` of a checkout that is not compiled.
@Tag("slow")
@Needs(Tool.PACKAGE)
class CheckoutTest {
    private static final String UNKNOWN = ": unknown option '--no-such' (see ";

    private final Path checkout;

    CheckoutTest() throws IOException {
        checkout = LinkedTree.folder();
    }

    @Test
    void startsThePackageThatWasMadeInIt() throws Exception {
        copyScripts();
        LinkedTree.at(Files.createDirectories(checkout.resolve("dist/target")).resolve("tree"));
        Files.createSymbolicLink(checkout.resolve("iperf3"), Path.of("pitot"));

        assertThat(lab("pitot", Map.of())).isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");
        assertThat(lab("iperf3", Map.of())).isEqualTo("iperf3" + UNKNOWN + "iperf3 lab --help)\n");
    }

    @Test
    void startsThePackageThatIsNamed() throws Exception {
        copyScripts();
        String tree = BuiltPackages.tree().build().tree().toString();

        assertThat(lab("pitot", Map.of("PITOT_IMAGE", tree))).isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");
        assertThat(lab("pitot", Map.of("PITOT_IMAGE", "/no/such")))
                .isEqualTo("pitot: PITOT_IMAGE is /no/such, which has no Pitot in it: set it to the directory of an"
                        + " unpacked package.\n");
    }

    @Test
    void compilesSourcesThatChangedAfterThePackageWasMade() throws Exception {
        copyScripts();
        LinkedTree.at(Files.createDirectories(checkout.resolve("dist/target")).resolve("tree"));
        Path sums = Files.createDirectories(checkout.resolve("dist/target/packages"))
                .resolve("SHA256SUMS");
        Files.createFile(sums);
        Path source = Files.createDirectories(checkout.resolve("cli/src/main")).resolve("Main.java");
        Files.createFile(source);
        Map<String, String> variables = Map.of("PATH", tools(), "PITOT_JAVA_HOME", System.getProperty("java.home"));

        setTime(sums, 1);
        assertThat(lab("pitot", variables)).isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");

        setTime(source, 2);
        assertThat(lab("pitot", variables))
                .isEqualTo("pitot: this is the program of the last ./package, which is older than "
                        + source.toRealPath() + ": install Maven to compile it.\npitot" + UNKNOWN
                        + "pitot lab --help)\n");

        Files.createSymbolicLink(checkout.resolve("tools/mvn"), Path.of("/bin/false"));
        assertThat(lab("pitot", variables)).startsWith("pitot: first use: compiling the program");
    }

    private static void setTime(Path file, int hoursFromNow) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(hoursFromNow, ChronoUnit.HOURS)));
    }

    /// Returns a directory for PATH that has what the script uses, but for Maven.
    private String tools() throws IOException {
        Path tools = Files.createDirectory(checkout.resolve("tools"));
        for (String tool : List.of(
                "sh",
                "env",
                "find",
                "head",
                "readlink",
                "iconv",
                "tee",
                "rm",
                "mkdir",
                "grep",
                "cat",
                "tail",
                "sed",
                "sleep")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
        return tools.toString();
    }

    void anOptionForEveryJavaDoesNotCount() throws Exception {
        copyScripts();
        Path app = Files.createDirectories(checkout.resolve("cli/target/app"));
        for (TreeEntry entry : BuiltPackages.tree().entries()) {
            if (entry instanceof TreeEntry.Content file && file.path().endsWith(".jar")) {
                Files.createLink(app.resolve(file.content().getFileName()), file.content());
            }
        }
        Files.createFile(app.resolve("ready"));

        assertThat(lab("pitot", Map.of("JAVA_TOOL_OPTIONS", "-Da=b", "JDK_JAVA_OPTIONS", "-XX:No")))
                .isEqualTo("pitot" + UNKNOWN + "pitot lab --help)\n");
    }

    @Test
    void whatAnInterruptedRunLeftIsNoPackage() throws Exception {
        copyScripts();
        Path half = Files.createDirectories(checkout.resolve("dist/target/packages"))
                .resolve("pitot-0.0.1-linux-x64.tar.gz");
        Path app = Files.createDirectories(checkout.resolve("cli/target/app"));
        Path tree = Files.createDirectories(checkout.resolve("dist/target/tree"));
        Files.createFile(half);

        assertThat(packageHere("./package -o").code()).isNotZero(); // there is no POM
        assertThat(half).doesNotExist();
        assertThat(app).doesNotExist();
        assertThat(tree).doesNotExist();
    }

    @Test
    void packagesAreMadeOnceAtATime() throws Exception {
        copyScripts();

        assertThat(packageHere("flock package ./package -o").stderr())
                .isEqualTo("package: another ./package is at work here: start it again when that has ended.\n");
    }

    private ChildProcess.Exit packageHere(String command) throws Exception {
        try (ChildProcess program = ChildProcess.start(
                List.of("sh", "-c", "cd '" + checkout + "' && exec " + command),
                Map.of("PITOT_JAVA_HOME", System.getProperty("java.home")))) {
            return program.awaitExit();
        }
    }

    private void copyScripts() throws IOException {
        Path repository = BuiltPackages.tree().build().repository();
        Files.createDirectories(checkout.resolve("libexec"));
        for (String file : List.of("pitot", "package", "libexec/find-java", "libexec/jvm-options")) {
            Files.copy(repository.resolve(file), checkout.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /// Returns what the script says about an unknown option.
    private String lab(String name, Map<String, String> variables) throws Exception {
        List<String> command = List.of(checkout.resolve(name).toString(), "lab", "--no-such");
        try (ChildProcess program = ChildProcess.start(command, variables)) {
            return program.awaitExit().stderr();
        }
    }
}
