package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Number of files that mention an iperf3 option: files below `src/main`, including resources, with one
/// of its spellings in any case, with dashes, underscores or as one word. The messages over UDP are not
/// counted: they have no iperf3 options, but fragments and offloads of their own. Nor are iperf3's recordings.
///
/// An option that only sets something in the kernel has six: its row in `command`, the setting in
/// `model`, iperf's error, the wire field, the row of the sockets, and the call in Linux.
class FilesPerOptionTest {
    @ParameterizedTest
    @CsvSource({"dont[-_]?fragment, 6", "fq[-_]?rate|fair[-_]?queue[-_]?rate, 12", "skip[-_]?(rx|receive)[-_]?copy, 11"
    })
    void anOptionStandsInFewFiles(String spellings, int most) throws IOException {
        assertThat(filesWith(Pattern.compile(spellings, Pattern.CASE_INSENSITIVE)))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(most);
    }

    @Test
    void allKindsOfSpellingAreFound() throws IOException {
        assertThat(filesWith(Pattern.compile("dont-fragment")))
                .isNotEmpty()
                .allMatch(file -> file.contains("/src/main/"));
        assertThat(filesWith(Pattern.compile("dont_fragment"))).isNotEmpty();
        assertThat(filesWith(Pattern.compile("DONT_FRAGMENT"))).isNotEmpty();
        assertThat(filesWith(Pattern.compile("dontFragment"))).isNotEmpty();
    }

    private static List<String> filesWith(Pattern spellings) throws IOException {
        Path root = SourceTree.root();
        try (Stream<Path> modules = Files.list(root)) {
            return modules.filter(module -> !module.endsWith("message"))
                    .map(module -> module.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .flatMap(FilesPerOptionTest::files)
                    .filter(file -> spellings.matcher(text(file)).find())
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/resources/golden/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
