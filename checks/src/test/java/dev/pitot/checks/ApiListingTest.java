package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The public API of a module changes only together with its api.txt, so that a reviewer sees how.
class ApiListingTest {
    private static final String COMMAND =
            "./verify -pl checks -am -Dtest=ApiListingTest -Dpitot.update=true -Dsurefire.failIfNoSpecifiedTests=false";
    private static final String HEADING =
            "# What other programs can use of this module; ApiListing defines what counts."
                    + " docs/compatibility-policy.md says what may change.";

    private static final Pattern EXCLUDE = Pattern.compile("<exclude>(dev\\.pitot[.\\w]*)</exclude>");

    static List<String> modules() throws IOException {
        return ModuleExports.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theApiIsAsListed(String module) throws IOException {
        Path listing = SourceTree.root().resolve(module).resolve("api.txt");
        Path classes = SourceTree.root().resolve(module).resolve("target/classes");
        List<String> lines = new ArrayList<>(List.of(HEADING));
        lines.addAll(
                new ApiListing(classes, getClass().getClassLoader(), Set.copyOf(ModuleExports.packages())).lines());
        if (Boolean.getBoolean("pitot.update")) {
            Files.write(listing, lines);
        }

        List<String> listed = Files.exists(listing) ? Files.readAllLines(listing) : List.of();
        assertThat(ApiChanges.between(listed, lines))
                .as(
                        "the public API is not what %s/api.txt lists. If that is intended, see docs/compatibility-policy.md"
                                + " and write the listing anew with: %s",
                        module, COMMAND)
                .isEmpty();
        assertThat(listed).as("out of order: write it anew with %s", COMMAND).isEqualTo(lines);
    }

    @Test
    void onlyAModuleWithExportsHasAListing() throws IOException {
        try (Stream<Path> folders = Files.list(SourceTree.root())) {
            List<String> listed = folders.filter(folder -> Files.exists(folder.resolve("api.txt")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();

            assertThat(listed).isEqualTo(ModuleExports.modules());
        }
    }

    @Test
    void theComparisonWithAReleaseLeavesOutWhatIsNotExported() throws IOException {
        List<String> excluded = EXCLUDE.matcher(
                        Files.readString(SourceTree.root().resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();

        for (String name : ModuleExports.allPackages()) {
            boolean isExcluded = excluded.stream().anyMatch(other -> (name + ".").startsWith(other + "."));
            assertThat(isExcluded)
                    .as("%s is in the excludes of the profile \"api\" in pom.xml", name)
                    .isEqualTo(!ModuleExports.packages().contains(name));
        }
    }

    @Test
    void whatOthersCanUseIsListed(@TempDir Path output) throws IOException {
        List<String> lines = listing(
                output,
                """
                package api;
                public enum Colour { RED, GREEN; final int hidden = 1; public int shade() { return 1; } }
                """,
                """
                package api;
                public record Pair(@org.jspecify.annotations.Nullable String left, int right) implements Shape {
                    public static final Pair NONE = new Pair("", 0);
                    public Pair(int right) { this(null, right); }
                    record Inner(int own) {}
                    public record Shown() {}
                }
                """,
                "package api; public sealed interface Shape permits Pair, Hidden { default void draw() {} }",
                """
                package api;
                abstract sealed class Hidden implements Shape permits Door {
                    public abstract <T extends Comparable<T>> java.util.List<? extends T> all(T one, String... more)
                            throws java.io.IOException;
                }
                """,
                """
                package api;
                public abstract non-sealed class Door extends Hidden {
                    protected Door() {}
                    Door(int hidden) {}
                    @Deprecated protected final void shut() {}
                }
                """,
                "package internal; public class Other { public int field; }");

        assertThat(lines)
                .containsExactly(
                        "enum api.Colour",
                        "    constant GREEN",
                        "    constant RED",
                        "    int shade()",
                        "abstract class api.Door",
                        "    implements api.Shape",
                        "    protected new Door()",
                        "    abstract <T extends Comparable<T>> java.util.List<? extends T> all(T, String...)"
                                + " throws java.io.IOException",
                        "    @Deprecated protected final void shut()",
                        "record api.Pair(@Nullable String left, int right)",
                        "    implements api.Shape",
                        "    static final api.Pair NONE",
                        "    new Pair(int)",
                        "record api.Pair.Shown()",
                        "sealed interface api.Shape",
                        "    permits api.Hidden",
                        "    permits api.Pair",
                        "    default void draw()");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # before | after | what a reviewer reads
            class A { public int a() { return 1; } } | class A {} | api.A: `int a()` was removed: breaks programs that use it.
            class A {} | class A { public int a() { return 1; } } | api.A: `int a()` was added: breaks nobody.
            class A { public int a() { return 1; } } | class A { public long a() { return 1; } } | api.A: `int a()` is now `long a()`: breaks programs that use it.
            class A { public int a() { return 1; } } | class A { int a() { return 1; } } | api.A: `int a()` was removed: breaks programs that use it.
            class A { public int a() { return 1; } } | class A { protected int a() { return 1; } } | api.A: `int a()` is now `protected int a()`: breaks programs that use it.
            class A { protected int a() { return 1; } } | class A { public int a() { return 1; } } | api.A: `protected int a()` is now `int a()`: breaks nobody.
            class A { public int a() { return 1; } } | class A { @Deprecated public int a() { return 1; } } | api.A: `int a()` is now `@Deprecated int a()`: breaks nobody.
            class A { public void a(int b) {} } | class A { public void a(long b) {} } | api.A: `void a(int)` was removed: breaks programs that use it.
            class A { public void a() {} } | class A { public void a() throws Exception {} } | api.A: `void a()` is now `void a() throws Exception`: breaks programs that use it.
            class A {} | final class A {} | api.A: `class api.A` is now `final class api.A`: breaks programs that use it.
            final class A {} | class A {} | api.A: `final class api.A` is now `class api.A`: breaks nobody.
            class A implements Runnable { public void run() {} } | class A { public void run() {} } | api.A: `implements Runnable` was removed: breaks programs that use it.
            interface A {} | interface A { void a(); } | api.A: `abstract void a()` was added: breaks programs that implement the type, unless it gets a default.
            interface A { void a(); } | interface A { default void a() {} } | api.A: `abstract void a()` is now `default void a()`: breaks nobody.
            interface A { default void a() {} } | interface A { void a(); } | api.A: `default void a()` is now `abstract void a()`: breaks programs that use it.
            sealed interface A { record B() implements A {} } | sealed interface A { record B() implements A {} record C() implements A {} } | api.A: `permits api.A.C` was added: breaks programs that switch over the type without a default.
            sealed interface A { record B() implements A {} } | sealed interface A { void a(); record B() implements A { public void a() {} } } | api.A: `abstract void a()` was added: breaks nobody.
            enum A { ONE, TWO } | enum A { ONE } | api.A: `constant TWO` was removed: breaks programs that use it.
            enum A { ONE } | enum A { ONE, TWO } | api.A: `constant TWO` was added: breaks programs that switch over the type without a default.
            record A(int b) {} | record A(int b, int c) {} | api.A: `record api.A(int b)` is now `record api.A(int b, int c)`: breaks programs that use it.
            record A(int b, int c) {} | record A(int c, int b) {} | api.A: `record api.A(int b, int c)` is now `record api.A(int c, int b)`: breaks programs that use it.
            class A { public static class B {} } | class A {} | api.A.B was removed: breaks programs that use it.
            class A {} | class A { public static class B {} } | api.A.B was added: breaks nobody.
            """)
    void aChangeIsFoundAndJudged(String before, String after, String sentence, @TempDir Path old, @TempDir Path now)
            throws IOException {
        List<String> was = listing(old, "package api; public " + before);
        List<String> is = listing(now, "package api; public " + after);

        assertThat(ApiChanges.between(was, is)).contains(sentence);
        assertThat(ApiChanges.between(was, was)).isEmpty();
    }

    private static List<String> listing(Path output, String... sources) throws IOException {
        Fixture.compile(List.of(sources), output);
        try (var loader = new URLClassLoader(new URL[] {output.toUri().toURL()})) {
            return new ApiListing(output, loader, Set.of("api")).lines();
        }
    }
}
