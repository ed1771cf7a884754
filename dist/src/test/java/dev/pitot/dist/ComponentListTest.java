package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The list of components beside the packages.
@Tag("slow")
@Needs(Tool.PACKAGE)
class ComponentListTest {
    private static final Pattern LIBRARY =
            Pattern.compile("\"name\": \"(.*)\", \"version\": \"(.*)\",\\s+.*\"content\": \"([0-9a-f]{64})\"");

    @Test
    void hasEachJarOfTheProgramWithItsSumAndNoOther() throws IOException {
        Map<String, String> jars = new TreeMap<>();
        try (Stream<Path> files = Files.list(BuiltPackages.tree().file(ProgramTree.HOME + "/app"))) {
            for (Path jar : files.toList()) {
                jars.put(jar.getFileName().toString(), Checksums.sha256(jar));
            }
        }

        Map<String, String> listed = new TreeMap<>();
        LIBRARY.matcher(list())
                .results()
                .forEach(library -> listed.put(library.group(1) + "-" + library.group(2) + ".jar", library.group(3)));

        assertThat(listed).hasSizeGreaterThan(10).isEqualTo(jars);
    }

    @Test
    void hasTheJavaRuntimeAndIsInTheFormOfCycloneDx() throws IOException {
        assertThat(list())
                .contains("\"bomFormat\": \"CycloneDX\"", "\"specVersion\": \"1.6\"")
                .contains("\"bom-ref\": \"java-runtime\", \"name\": \"OpenJDK\", \"version\": \""
                        + System.getProperty("java.runtime.version"));
    }

    private static String list() throws IOException {
        return Files.readString(BuiltPackages.named("-sbom.json"));
    }
}
