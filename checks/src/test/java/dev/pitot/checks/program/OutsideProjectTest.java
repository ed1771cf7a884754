package dev.pitot.checks.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.checks.SourceTree;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.PitotProcess;
import dev.pitot.testkit.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The README's promises to library users, carried out from outside: a separate Maven project in a
/// folder outside this tree, with the BOM, one dependency and the first examples of the documents, word
/// for word.
///
/// A real Maven resolves the published POMs, so that a wrong scope or version in them is detected. It
/// neither installs into this machine's local repository nor needs the network: the modules are in a
/// folder laid out as a repository, everything else (plugins, libraries) comes from this machine's
/// local repository, which the settings name as a mirror of every other one; the build that runs this
/// test has just filled it. Maven's own local repository is a folder of the test. Option -o cannot be
/// used, since it also disables file repositories; the mirror has the same effect. The plugins are
/// those of this build, since others may be missing.
@Tag("slow")
class OutsideProjectTest {
    private static final List<String> MODULES = List.of("model", "wire", "command", "socket", "engine");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    @Timeout(150)
    void theFirstExamplesWorkInAProjectWithOneDependency() throws Exception {
        Path root = SourceTree.root();
        String pom = Files.readString(root.resolve("pom.xml"));
        String version = first(pom, "<version>([^<]+)</version>");
        new PublishedModules(root, version, folder.resolve("published")).publish(MODULES);
        String readme = Files.readString(root.resolve("README.md"));
        String embed = Files.readString(root.resolve("docs/embed.md"));
        String dependencies =
                first(Files.readString(root.resolve("docs/install.md")), "(?s)## As a library\n+```xml\n(.*?)```");

        try (ServerProcess server = PitotProcess.server()) {
            writeProject(
                    dependencies,
                    version,
                    pom,
                    program(server.port(), example(readme, "## In a program"), example(embed, "")));
            run(maven("compile", "dependency:build-classpath"), "BUILD SUCCESS");
            List<String> paths = List.of(
                    Files.readString(folder.resolve("class-path")).strip().split(File.pathSeparator, -1));

            String printed = run(java(paths), "");
            String modular = run(modularJava(paths), "");

            assertThat(printed.lines().toList()).containsExactly("README true", "embed true");
            assertThat(modular).isEqualTo(printed);
            assertThat(paths)
                    .extracting(path -> Path.of(path).getFileName().toString().replaceAll("-[0-9].*", ""))
                    .containsOnly(
                            "pitot-model",
                            "pitot-wire",
                            "pitot-socket",
                            "pitot-engine",
                            "jackson-core",
                            "HdrHistogram",
                            "jspecify");
        }
    }

    /// Returns the first Java example below a heading, without its imports, which the program has.
    private static String example(String document, String heading) {
        return first(document.substring(document.indexOf(heading)), "```java\n(?:import [^\n]+\n|\n)*([^`]+)```");
    }

    private static String first(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static String plugin(String pom, String name) {
        return first(pom, "<artifactId>maven-" + name + "-plugin</artifactId>\\s*<version>([^<]+)<");
    }

    /// Returns a program with the examples, connected to a real server and otherwise unchanged.
    private static String program(int port, String readme, String embed) {
        String program = """
                import dev.pitot.engine.Iperf;
                import dev.pitot.model.result.Outcome;

                public class Main {
                    public static void main(String[] args) throws Exception {
                        readme();
                        embed();
                    }

                    static void readme() throws Exception {
                        %s
                        System.out.println("README " + outcome.ending().isCompleted());
                    }

                    static void embed() throws Exception {
                        %s
                        System.out.println("embed " + outcome.ending().isCompleted());
                    }
                }
                """.formatted(readme, embed);
        String here = program.replace("\"host\"", "\"127.0.0.1\"").replace("5201", Integer.toString(port));
        // Ten seconds twice are fine in documents, but too long for a test.
        return here.replace(").run()", ").duration(java.time.Duration.ofMillis(300)).run()");
    }

    private void writeProject(String dependencies, String version, String pom, String program) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(sources.resolve("Main.java"), program);
        Files.writeString(folder.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>org.example</groupId>
                  <artifactId>stranger</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>25</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                    <mdep.outputFile>class-path</mdep.outputFile>
                  </properties>
                  <repositories>
                    <repository>
                      <id>published</id>
                      <url>%s</url>
                    </repository>
                  </repositories>
                  %s
                  <build>
                    <plugins>
                      <plugin>
                        <artifactId>maven-resources-plugin</artifactId>
                        <version>%s</version>
                      </plugin>
                      <plugin>
                        <artifactId>maven-compiler-plugin</artifactId>
                        <version>%s</version>
                      </plugin>
                      <plugin>
                        <artifactId>maven-dependency-plugin</artifactId>
                        <version>%s</version>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(
                        folder.resolve("published").toUri(),
                        dependencies.replace("VERSION", version),
                        plugin(pom, "resources"),
                        plugin(pom, "compiler"),
                        plugin(pom, "dependency")));
        writeSettings();
    }

    private void writeSettings() throws IOException {
        Files.writeString(
                folder.resolve("settings.xml"), """
                <settings>
                  <mirrors>
                    <mirror>
                      <id>machine</id>
                      <mirrorOf>*,!published</mirrorOf>
                      <url>%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(localRepository().toUri()));
    }

    /// Local repository of the Maven that runs this test.
    private static Path localRepository() {
        String told = System.getProperty("pitot.localRepository");
        return told == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(told);
    }

    private List<String> maven(String... goals) {
        String home = System.getProperty("pitot.mavenHome");
        List<String> command = new ArrayList<>();
        command.add(home == null ? "mvn" : Path.of(home, "bin", "mvn").toString());
        command.addAll(List.of("-B", "-f", folder.toString()));
        command.addAll(List.of("-s", folder.resolve("settings.xml").toString()));
        command.add("-Dmaven.repo.local=" + folder.resolve("local"));
        command.addAll(List.of(goals));
        return command;
    }

    private List<String> java(List<String> libraries) {
        String paths =
                folder.resolve("target/classes") + File.pathSeparator + String.join(File.pathSeparator, libraries);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                paths,
                "Main");
    }

    /// The same, with the libraries as modules.
    private List<String> modularJava(List<String> libraries) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=dev.pitot.socket",
                "--module-path",
                String.join(File.pathSeparator, libraries),
                "--add-modules",
                "dev.pitot.engine",
                "-cp",
                folder.resolve("target/classes").toString(),
                "Main");
    }

    private String run(List<String> command, String expected) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"), "MAVEN_ARGS", "");
        try (ChildProcess process = ChildProcess.start(command, environment)) {
            ChildProcess.Exit exit = process.awaitExit(TIMEOUT);
            assertThat(exit.code()).as(process.toString()).isZero();
            assertThat(exit.stdout()).contains(expected);
            return exit.stdout();
        }
    }
}
