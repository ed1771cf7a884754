package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The proof in the last cell of a table row in the documentation: a test or a file.
final class Proof {
    private static final Pattern TEST = Pattern.compile("([\\w-]+): (\\w+)\\.(\\w+)");
    private static final Pattern FILE = Pattern.compile("(bench|deploy): ([\\w./-]+)");

    private Proof() {}

    /// Fails unless the test or the file exists.
    static void assertThere(String proof) throws IOException {
        Matcher file = FILE.matcher(proof);
        if (file.matches()) {
            assertThat(SourceTree.root().resolve(file.group(1)).resolve(file.group(2)))
                    .exists();
            return;
        }
        Matcher test = TEST.matcher(proof);
        assertThat(test.matches()).as(proof).isTrue();
        assertThat(sourceOf(test.group(1), test.group(2))).contains(" " + test.group(3) + "(");
    }

    /// Sources of all tests of this name in a module: there may be one per socket family.
    private static String sourceOf(String module, String testClass) throws IOException {
        Path tests = SourceTree.root().resolve(module).resolve("src/test/java");
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(file -> file.endsWith(testClass + ".java")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /// Returns the rows of a section's table, without its header, as their cells.
    ///
    /// @param page a file in docs
    static List<List<String>> rows(String page, String section) {
        try {
            String text = Files.readString(SourceTree.root().resolve("docs").resolve(page));
            int start = text.indexOf("\n## " + section + "\n");
            assertThat(start).as(section).isPositive();
            int end = text.indexOf("\n## ", start + 1);
            return text.substring(start, end < 0 ? text.length() : end)
                    .lines()
                    .filter(line -> line.startsWith("| "))
                    .skip(1)
                    .map(line -> Stream.of(
                                    line.substring(1, line.lastIndexOf('|')).split("\\|"))
                            .map(String::strip)
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
