package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.parse.ParseOptions.Content;
import dev.pitot.lab.parse.ParseOptions.Form;
import dev.pitot.lab.parse.ParseOptions.Intervals;
import dev.pitot.lab.parse.ParseOptions.Threads;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseToolTest {
    private static final String TWO_THREADS = """
            [  3]  0.0- 1.0 sec  1.00 MBytes  8.00 Mbits/sec
            [  4]  0.0- 1.0 sec  1.00 MBytes  9.00 Mbits/sec
            [SUM]  0.0- 1.0 sec  2.00 MBytes  17.5 Mbits/sec
            [  3]  1.0- 2.0 sec  1.00 MBytes  8.50 Mbits/sec
            [SUM]  1.0- 2.0 sec  2.00 MBytes  18.0 Mbits/sec
            [  3]  0.0- 2.0 sec  2.00 MBytes  8.25 Mbits/sec
            [SUM]  0.0- 2.0 sec  4.00 MBytes  17.7 Mbits/sec
            """;

    private static ParseOptions with(OutputUnit unit, Threads threads, double maximum, Content show, Form form) {
        return new ParseOptions(unit, new Intervals(null, 0.1), threads, maximum, show, form);
    }

    private static String parsed(ParseOptions options, String text) {
        var out = new StringBuilder();
        try {
            new ParseTool(options).parse(new StringReader(text), out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    @Test
    void writesTheSumsIntervalsInMbits() {
        assertThat(parsed(ParseOptions.DEFAULT, TWO_THREADS)).isEqualTo("0,17.5\n1,18\n");
    }

    @Test
    void addsThreadsItselfAndLeavesGapsEmpty() {
        var options = with(OutputUnit.MBITS, Threads.ADDED, 1e9, Content.SERIES, Form.CSV);

        assertThat(parsed(options, TWO_THREADS)).isEqualTo("0,17\n1,\n");
    }

    @Test
    void takesTheTimeOfTheRawLine() {
        String raw = """
                2026-11-21 04:07:18,[  3]  0.0- 1.0 sec   896 KBytes  7.34 Mbits/sec
                2026-11-21 04:07:19,[  3]  1.0- 2.0 sec   896 KBytes  7.35 Mbits/sec
                2026-11-21 04:07:19,[  3]  0.0- 2.0 sec  1.75 MBytes  7.34 Mbits/sec
                """;

        assertThat(parsed(ParseOptions.DEFAULT, raw)).isEqualTo("2026-11-21 04:07:18,7.34\n2026-11-21 04:07:19,7.35\n");
    }

    @ParameterizedTest
    @CsvSource({
        "bits,17700000,33554432",
        "Kbits,17700,33554.432",
        "Mbits,17.7,33.554432",
        "Gbits,0.0177,0.033554432",
        "Bytes,2212500,4194304",
        "KBytes,2212.5,4096",
        "MBytes,2.2125,4",
        "GBytes,0.0022125,0.00390625",
    })
    void writesTheLastTotalInEachUnit(String unit, String bandwidth, String transfer) {
        var rate = with(OutputUnit.parse(unit), Threads.PROGRAM_OR_ADDED, 1e9, Content.LAST_BANDWIDTH, Form.CSV);
        var amount = with(OutputUnit.parse(unit), Threads.PROGRAM_OR_ADDED, 1e9, Content.LAST_TRANSFER, Form.CSV);

        assertThat(parsed(rate, TWO_THREADS)).isEqualTo(bandwidth + "\n");
        assertThat(parsed(amount, TWO_THREADS)).isEqualTo(transfer + "\n");
    }

    @Test
    void anAbsurdRateIsEmptyAndMarked() {
        var csv = with(OutputUnit.MBITS, Threads.PROGRAM_OR_ADDED, 17.6, Content.SERIES, Form.CSV);
        var json = with(OutputUnit.MBITS, Threads.PROGRAM_OR_ADDED, 17.6, Content.SERIES, Form.JSON_LINES);

        assertThat(parsed(csv, TWO_THREADS)).isEqualTo("0,17.5\n1,\n");
        assertThat(parsed(json, TWO_THREADS)).isEqualTo("""
                {"test":1,"start":0,"end":1,"value":17.5,"unit":"Mbits","bytes":2097152,"bits_per_second":17500000}
                {"test":1,"start":1,"end":2,"value":18,"unit":"Mbits","bytes":2097152,"bits_per_second":18000000,"absurd":true}
                """);
    }

    @Test
    void aGivenIntervalLeavesLongerRowsOut() {
        var options = new ParseOptions(
                OutputUnit.MBITS, new Intervals(0.5, 0.1), Threads.SINGLE, 1e9, Content.SERIES, Form.CSV);

        assertThat(parsed(options, Recording.text("iperf2-2.1.8/human-udp.server.txt")))
                .isEqualTo("0,4.05\n0.5,4\n1,4\n1.5,4\n");
    }

    @Test
    void bothDirectionsAndSeveralTestsAreNamed() {
        String csv = parsed(ParseOptions.DEFAULT, Recording.text("iperf3-3.21/tcp-P2-bidir.txt"));
        String server = parsed(
                ParseOptions.DEFAULT,
                Recording.text("iperf3-3.21/tcp.server.json") + Recording.text("iperf3-3.21/tcp.server.json"));

        assertThat(csv).isEqualTo("# test 1, sent\n0,21400\n1,16700\n# test 1, received\n0,18100\n1,15600\n");
        assertThat(server.lines().filter(line -> line.startsWith("#"))).containsExactly("# test 2, received");
    }

    @Test
    void teesLinesAndCountsWhatItSaw() throws IOException {
        var tee = new StringBuilder();

        ParseTool.Result result = new ParseTool(ParseOptions.DEFAULT)
                .parse(new StringReader(TWO_THREADS + "connect failed: Connection refused"), new StringBuilder(), tee);

        assertThat(tee.toString()).isEqualTo(TWO_THREADS + "connect failed: Connection refused\n");
        assertThat(result.rows()).isEqualTo(7);
        assertThat(result.lines()).isEqualTo(8);
        assertThat(result.errors()).hasSize(1);
    }

    @Test
    void findsFilesInAllFoldersAndSavesBesideThem(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a/b"));
        Path first = Files.writeString(inner.resolve("one.iperf"), TWO_THREADS);
        Path second = Files.write(folder.resolve("two.iperf"), new byte[] {(byte) 0xff, '\n', 0});

        assertThat(ParseTool.files(folder, "*.iperf")).containsExactly(first, second);
        assertThat(ParseTool.files(folder, "a/*/*.iperf")).containsExactly(first);
        ParseTool.SavedSeries saved = new ParseTool(ParseOptions.DEFAULT).save(first, null);
        assertThat(saved.file()).isEqualTo(inner.resolve("one_parsed.csv")).hasContent("0,17.5\n1,18\n");
        assertThat(saved.result().rows()).isEqualTo(7);
        assertThat(new ParseTool(ParseOptions.DEFAULT).save(second, null).file())
                .isEmptyFile();
    }

    @Test
    void savingOverwritesNothingAndLeavesNothingOfAFileThatIsNotThere(@TempDir Path folder) throws IOException {
        Path raw = Files.writeString(folder.resolve("one.iperf"), TWO_THREADS);
        Path saved = Files.writeString(folder.resolve("one_parsed.csv"), "mine");
        var tool = new ParseTool(ParseOptions.DEFAULT);

        assertThatThrownBy(() -> tool.save(raw, null)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> tool.save(folder.resolve("two.iperf"), null)).isInstanceOf(NoSuchFileException.class);
        assertThat(saved).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining("glob:**/two*");
    }

    @Test
    void anUnknownUnitIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> OutputUnit.parse("furlongs"))
                .hasMessage("unknown unit \"furlongs\": use one of [bits, Kbits, Mbits, Gbits, Bytes, KBytes, MBytes,"
                        + " GBytes]");
    }
}
