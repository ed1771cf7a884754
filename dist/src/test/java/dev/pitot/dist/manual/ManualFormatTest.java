package dev.pitot.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The two programs that format manual pages find no fault with ours.
@Tag("slow")
class ManualFormatTest {
    private static final int COLUMNS = 80;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        WrittenPages.PAGES.write(folder);
    }

    static Stream<String> pages() {
        return Stream.concat(
                ManualPages.commands().stream().map(name -> "man1/" + name + ".1"), Stream.of("man5/pitot-plan.5"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Needs(Tool.MANDOC)
    void mandocFindsNoFault(String page) throws Exception {
        ChildProcess.Exit exit = run("mandoc", "-Tlint", "-Wwarning", path(page));

        assertThat(exit.stdout() + exit.stderr()).isEmpty();
        assertThat(exit.code()).isZero();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Needs(Tool.GROFF)
    void groffFindsNoFaultAndFillsNoLineBeyondTheTerminal(String page) throws Exception {
        ChildProcess.Exit exit =
                run("groff", "-man", "-ww", "-Tutf8", "-rLL=" + (COLUMNS - 2) + "n", "-P-cbou", path(page));

        assertThat(exit.stderr()).isEmpty();
        assertThat(exit.code()).isZero();
        assertThat(exit.stdout().lines()).hasSizeGreaterThan(20).allMatch(line -> line.length() <= COLUMNS);
    }

    private static String path(String page) {
        return folder.resolve(page).toString();
    }

    private static ChildProcess.Exit run(String... command) throws IOException, InterruptedException {
        try (ChildProcess program = ChildProcess.start(List.of(command))) {
            return program.awaitExit();
        }
    }
}
