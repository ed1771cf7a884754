package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs `pitot lab parse`, the tool for existing output.
@Timeout(180)
class LabParseTest {
    private static final String TWO_THREADS = """
            [ ID] Interval       Transfer     Bandwidth
            [  3]  0.0- 1.0 sec  1.00 MBytes  8.00 Mbits/sec
            [  4]  0.0- 1.0 sec  1.00 MBytes  9.00 Mbits/sec
            [SUM]  0.0- 1.0 sec  2.00 MBytes  17.5 Mbits/sec
            [  3]  1.0- 2.0 sec  1.00 MBytes  8.00 Mbits/sec
            [SUM]  1.0- 2.0 sec  2.00 MBytes  18.0 Mbits/sec
            [  3]  0.0- 2.0 sec  2.00 MBytes  8.00 Mbits/sec
            [SUM]  0.0- 2.0 sec  4.00 MBytes  17.7 Mbits/sec
            """;

    @TempDir
    Path folder;

    private static Launch parse(String options) {
        return Launch.reading(TWO_THREADS, ("lab parse " + options).strip().split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                 | 0,17.5;1,18;
            -u Kbits             | 0,17500;1,18000;
            -u kbytes            | 0,2187.5;1,2250;
            -v                   | 0,17;1,;
            -p 1                 | 0,17;1,;
            -p 2                 | 0,17.5;1,18;
            -m 17.6              | 0,17.5;1,;
            -i 1 --tolerance 0.2 | 0,17.5;1,18;
            -l                   | 17.7;
            -l -u bits           | 17700000;
            -d -u MBytes         | 4;
            """)
    void everyOptionDoesWhatItSays(@Nullable String options, String series) {
        assertThat(parse(options == null ? "" : options)).isEqualTo(new Launch(0, series.replace(';', '\n'), ""));
    }

    @Test
    void jsonHasEveryRow() {
        assertThat(parse("--json")).isEqualTo(new Launch(0, """
                {"test":1,"start":0,"end":1,"value":17.5,"unit":"Mbits","bytes":2097152,"bits_per_second":17500000}
                {"test":1,"start":1,"end":2,"value":18,"unit":"Mbits","bytes":2097152,"bits_per_second":18000000}
                """, ""));
    }

    @Test
    void whatIsReadIsCopiedWithoutControlCharacters() {
        Launch tee = Launch.reading(TWO_THREADS + "\u001b[31mred\u0007\n", "lab", "parse", "-t");

        assertThat(tee).isEqualTo(new Launch(0, "0,17.5\n1,18\n", TWO_THREADS + "?[31mred?\n"));
    }

    @Test
    void whatAProgramComplainedOfIsToldWithoutControlCharacters() {
        Launch refused = Launch.reading("connect failed: Connection refused\u001b[2J\n", "lab", "parse");

        assertThat(refused).isEqualTo(new Launch(1, "", """
                        pitot: standard input says: connect failed: Connection refused?[2J
                        pitot: standard input has no figures: give what iperf3, iperf 2 or Pitot have written
                        """));
    }

    @Test
    void aFileThatCannotBeReadDoesNotStopTheOthers() throws Exception {
        Path raw = Files.writeString(folder.resolve("one.iperf"), TWO_THREADS);

        Launch parsed = Launch.of("lab", "parse", folder + "/none.iperf", raw.toString(), folder.toString());

        assertThat(parsed)
                .isEqualTo(new Launch(
                        1,
                        "0,17.5\n1,18\n",
                        "pitot: cannot read FOLDER/none.iperf, or write its contents: No such file or directory\n"
                                        .replace("FOLDER", folder.toString())
                                + "pitot: cannot read " + folder + ", or write its contents: Is a directory\n"));
    }

    @Test
    void savingOverwritesNothing() throws Exception {
        Path raw = Files.writeString(folder.resolve("one.iperf"), TWO_THREADS);
        Path saved = folder.resolve("one_parsed.csv");

        Launch first = Launch.of("lab", "parse", "-s", raw.toString());
        Launch again = Launch.of("lab", "parse", "-s", "-u", "bits", raw.toString());
        Launch json = Launch.of("lab", "parse", "-s", "--json", raw.toString());

        assertThat(first).isEqualTo(new Launch(0, saved + "\n", ""));
        assertThat(again)
                .isEqualTo(new Launch(
                        1,
                        "",
                        "pitot: " + saved + " is there already and is not overwritten: move it, then try again\n"));
        assertThat(saved).hasContent("0,17.5\n1,18\n");
        assertThat(json).isEqualTo(new Launch(0, folder.resolve("one_parsed.jsonl") + "\n", ""));
    }

    @Test
    void aPatternFindsFilesInAllFolders() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("a/b")).resolve("one.iperf"), TWO_THREADS);
        Files.writeString(folder.resolve("two.iperf"), TWO_THREADS);

        assertThat(here("-g", "*.iperf", "-l")).isEqualTo(new ChildProcess.Exit(0, "17.7\n17.7\n", ""));
        assertThat(here("-g", "*.iperf", "-s"))
                .isEqualTo(new ChildProcess.Exit(0, "a/b/one_parsed.csv\ntwo_parsed.csv\n", ""));
        assertThat(here("-g", "*.txt"))
                .isEqualTo(new ChildProcess.Exit(
                        1, "", "pitot: no file in this folder, or in those in it, matches '*.txt'\n"));
        assertThat(here("-g", "[").stderr()).startsWith("pitot: '[' is no pattern for names: ");
    }

    /// Runs the program in a process whose working directory is the test's folder.
    private ChildProcess.Exit here(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("env", "--chdir=" + folder));
        command.addAll(SeparateJvm.command("lab", "parse"));
        command.addAll(List.of(options));
        try (ChildProcess program = ChildProcess.start(command)) {
            return program.awaitExit();
        }
    }

    @Test
    void standardInputOfTheProcessIsReadToItsEnd() throws Exception {
        Process program = new ProcessBuilder(SeparateJvm.command("lab", "parse", "-l"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = program.outputWriter()) {
            in.write(TWO_THREADS);
        }

        assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("17.7\n");
        assertThat(program.waitFor()).isZero();
    }
}
