package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The list of components of the packages, compared with the tree that they contain. What CycloneDX's schema demands of
/// the parts in use is tested too.
@Tag("slow")
@Needs(Tool.PACKAGE)
class ComponentListTest {
    private static final Pattern EXPRESSION = Pattern.compile("[A-Za-z0-9.-]+( (AND|OR|WITH) [A-Za-z0-9.-]+)*");

    private final Build build = BuiltPackages.tree().build();
    private final String text;
    private final Map<String, Object> list;
    private final Map<String, Map<String, Object>> components = new TreeMap<>();

    ComponentListTest() throws IOException {
        text = Files.readString(BuiltPackages.named("-sbom.json"));
        list = map(new Load(LoadSettings.builder().build()).loadFromString(text));
        for (Object component : (List<?>) value(list, "components")) {
            components.put(value(map(component), "name").toString(), map(component));
        }
    }

    @Test
    void isStrictJson() throws IOException {
        int tokens = 0;
        try (var parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) { // throws where it is not; YAML, as which it is read above, is laxer
                tokens++;
            }
        }

        assertThat(tokens).isGreaterThan(components.size());
    }

    @Test
    void saysWhichListItIs() {
        Map<String, Object> metadata = map(value(list, "metadata"));

        assertThat(list)
                .containsEntry("bomFormat", "CycloneDX")
                .containsEntry("specVersion", "1.6")
                .containsEntry("version", 1)
                .hasEntrySatisfying(
                        "serialNumber",
                        number -> assertThat(number.toString())
                                .matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertThat(metadata).containsEntry("timestamp", build.time().toString());
        assertThat(map(value(metadata, "component")))
                .containsEntry("type", "application")
                .containsEntry("version", build.version())
                .containsEntry(
                        "description", "packages for linux-" + build.platform().name());
    }

    @Test
    void hasEachJarOfTheProgramAndItsHash() throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path jar : jars()) {
            String file = jar.getFileName().toString();
            jars.add(file.replaceFirst("-\\d.*", ""));
            Map<String, Object> component = component(jars.getLast());
            assertThat(component).as(file).containsEntry("type", "library");
            assertThat(component.get("name") + "-" + component.get("version") + ".jar")
                    .isEqualTo(file);
            assertThat(component)
                    .containsEntry(
                            "purl",
                            "pkg:maven/" + component.get("group") + "/" + component.get("name") + "@"
                                    + component.get("version") + "?type=jar")
                    .containsEntry("hashes", List.of(Map.of("alg", "SHA-256", "content", Checksums.sha256(jar))));
        }

        assertThat(components.keySet()).containsAll(jars).hasSize(jars.size() + 2);
    }

    @Test
    void hasTheJavaRuntime() throws Exception {
        String runtime = BuiltPackages.tree()
                .file(ProgramTree.HOME + "/runtime/bin/java")
                .toString();
        String printed = printed(runtime, "-XshowSettings:properties", "--list-modules");
        Map<String, Object> java = component("OpenJDK");

        assertThat(java).containsEntry("type", "platform");
        assertThat(printed)
                .contains("java.runtime.version = " + java.get("version") + "\n")
                .contains("java.vendor = " + java.get("publisher") + "\n");
        assertThat(java.get("description")).isEqualTo("modules " + modules(printed));
        assertThat(value(java, "purl").toString())
                .startsWith("pkg:generic/openjdk@")
                .doesNotContain("+");
    }

    @Test
    void hasTheLibraryOfC() throws Exception {
        Map<String, Object> library = component("glibc");

        assertThat(printed("getconf", "GNU_LIBC_VERSION")).isEqualTo("glibc " + library.get("version") + "\n");
    }

    @Test
    void saysTheLicenceOfEach() {
        assertThat(components).allSatisfy((name, component) -> {
            Object license = ((List<?>) value(component, "licenses")).getFirst();
            assertThat(value(map(license), "expression").toString()).as(name).matches(EXPRESSION);
        });
        assertThat(component("jcl-over-slf4j").get("licenses")).isEqualTo(List.of(Map.of("expression", "Apache-2.0")));
        assertThat(component("slf4j-api").get("licenses")).isEqualTo(List.of(Map.of("expression", "MIT")));
    }

    @Test
    void theProgramDependsOnEach() {
        List<String> references = components.values().stream()
                .map(component -> value(component, "bom-ref").toString())
                .sorted()
                .toList();

        assertThat(references).doesNotHaveDuplicates();
        assertThat(list.get("dependencies")).isEqualTo(List.of(Map.of("ref", "pitot", "dependsOn", references)));
    }

    @Test
    void isTheSameWhenMadeAgainAndAnotherOneOfAnotherBuild() throws Exception {
        var later = new Build(
                build.repository(),
                LinkedTree.folder(),
                build.version(),
                build.time().plusSeconds(1),
                build.platform());
        LinkedTree.at(later.tree());

        assertThat(ComponentList.create(build)).hasContent(text);
        assertThat(Files.readString(ComponentList.create(later))
                        .replace(later.time().toString(), build.time().toString()))
                .doesNotContain(value(list, "serialNumber").toString())
                .hasSameSizeAs(text);
    }

    @Test
    void noJarIsLeftOut() throws Exception {
        var other = new Build(build.repository(), LinkedTree.folder(), build.version(), build.time(), build.platform());
        LinkedTree.at(other.tree());
        Files.createFile(other.tree().resolve(ProgramTree.HOME + "/app/unknown-1.0.jar"));

        assertThatThrownBy(() -> ComponentList.create(other))
                .isInstanceOf(PackagingException.class)
                .hasMessageStartingWith("unknown-1.0.jar is not among the program's dependencies");
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(BuiltPackages.tree().file(ProgramTree.HOME + "/app"))) {
            return files.toList();
        }
    }

    private static String modules(String printed) {
        return Pattern.compile("(?m)^(javax?\\.[\\w.]+|jdk\\.[\\w.]+)@.*$")
                .matcher(printed)
                .results()
                .map(module -> module.group(1))
                .reduce((one, next) -> one + " " + next)
                .orElseThrow();
    }

    /// Returns everything that a program prints.
    private static String printed(String... command) throws Exception {
        try (ChildProcess process = ChildProcess.start(List.of(command))) {
            ChildProcess.Exit exit = process.awaitExit();
            assertThat(exit.code()).as(exit.stderr()).isZero();
            return exit.stdout() + exit.stderr();
        }
    }

    @SuppressWarnings("unchecked") // the caller says that it is an object
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Map<String, Object> component(String name) {
        return Objects.requireNonNull(components.get(name), name);
    }

    private static Object value(Map<String, Object> object, String key) {
        return Objects.requireNonNull(object.get(key), key);
    }
}
