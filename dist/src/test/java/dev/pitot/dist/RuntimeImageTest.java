package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java runtime in the packages.
@Tag("slow")
@Needs(Tool.PACKAGE)
class RuntimeImageTest {
    /// Modules that libraries use in classes that Pitot does not load.
    private static final Set<String> UNUSED = Set.of("java.security.jgss"); // Kerberos in the ssh library's server

    private static final Pattern MODULE = Pattern.compile("(?m)-> \\S+ +(java\\.\\S+|jdk\\.\\S+)$");

    @Test
    void hasEveryModuleThatTheProgramUses(@TempDir Path classes) throws IOException {
        List<Path> jars = jars();
        List<String> arguments = new ArrayList<>(List.of("-verbose:package", "--ignore-missing-deps"));
        for (Path jar : jars) {
            Path folder = classes.resolve(jar.getFileName().toString());
            extract(jar, folder); // jars with descriptors would have to be a complete module path
            arguments.add(folder.toString());
        }
        var output = new StringWriter();
        var lines = new PrintWriter(output);

        int code = ToolProvider.findFirst("jdeps").orElseThrow().run(lines, lines, arguments.toArray(String[]::new));
        Set<String> used = new TreeSet<>();
        Matcher dependency = MODULE.matcher(output.toString());
        while (dependency.find()) {
            used.add(dependency.group(1));
        }

        assertThat(code).as(output.toString()).isZero();
        assertThat(used).contains("java.base", "java.net.http").containsAll(UNUSED);
        used.removeAll(UNUSED);
        assertThat(modules()).containsAll(used);
    }

    @Test
    void keepsTheLegalNoticesOfItsModules() throws IOException {
        Path legal = BuiltPackages.tree().file("lib/pitot/runtime/legal");

        assertThat(modules())
                .hasSizeGreaterThan(5)
                .allSatisfy(module -> assertThat(legal.resolve(module).resolve("LICENSE"))
                        .content()
                        .contains("GNU General Public License"));
        assertThat(legal.resolve("java.base/ASSEMBLY_EXCEPTION")).content().contains("OPENJDK ASSEMBLY EXCEPTION");
    }

    private static Set<String> modules() throws IOException {
        var release = new Properties();
        try (var file = Files.newBufferedReader(BuiltPackages.tree().file("lib/pitot/runtime/release"))) {
            release.load(file);
        }
        return Set.of(release.getProperty("MODULES").replace("\"", "").split(" ", -1));
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(BuiltPackages.tree().file("lib/pitot/app"))) {
            return files.sorted().toList();
        }
    }

    private static void extract(Path jar, Path folder) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class")
                        && !entry.getName().contains("META-INF/")
                        && !entry.getName().endsWith("module-info.class")) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        Files.createDirectories(folder);
    }
}
