package dev.pitot.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.parse.OutputUnit;
import dev.pitot.lab.parse.ParseOptions;
import dev.pitot.lab.parse.ParseOptions.Content;
import dev.pitot.lab.parse.ParseOptions.Form;
import dev.pitot.lab.parse.ParseOptions.Intervals;
import dev.pitot.lab.parse.ParseOptions.Threads;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabArgumentsTest {
    private static LabRequest read(String line) {
        return LabArguments.read(List.of(line.split(" ")));
    }

    private static ParseOptions options(String line) {
        return ((LabRequest.Parse) read("parse " + line)).options();
    }

    @Test
    void withoutOptionsPlansSayEverything() {
        assertThat(read("run")).isEqualTo(new LabRequest.Run(List.of(), null, null, false, null, List.of()));
        assertThat(read("check")).isEqualTo(new LabRequest.Check(List.of(), false));
        assertThat(read("sample")).isEqualTo(new LabRequest.Sample("lab.yaml"));
        assertThat(read("list")).isEqualTo(new LabRequest.Sessions(".", false));
        assertThat(read("parse")).isEqualTo(new LabRequest.Parse(List.of(), null, false, false, ParseOptions.DEFAULT));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(read("run a.yaml --output out --parallel 3 --plain b.ini"))
                .isEqualTo(new LabRequest.Run(List.of("a.yaml", "b.ini"), "out", 3, true, null, List.of()));
        assertThat(read("check --nodes *.yaml")).isEqualTo(new LabRequest.Check(List.of("*.yaml"), true));
        assertThat(read("sample mine.yaml")).isEqualTo(new LabRequest.Sample("mine.yaml"));
        assertThat(read("sample -")).isEqualTo(new LabRequest.Sample(null));
        assertThat(read("list results --json")).isEqualTo(new LabRequest.Sessions("results", true));
        assertThat(read("parse -g *.iperf -s -t -u Kbits -i 0.5 --tolerance 0.2 -v -m 100 -l --json"))
                .isEqualTo(new LabRequest.Parse(
                        List.of(),
                        "*.iperf",
                        true,
                        true,
                        new ParseOptions(
                                OutputUnit.KBITS,
                                new Intervals(0.5, 0.2),
                                Threads.ADDED,
                                100,
                                Content.LAST_BANDWIDTH,
                                Form.JSON_LINES)));
    }

    @Test
    void aSessionGoesOnInItsFolder() {
        assertThat(read("run --resume out --only tcp --only */tate/angle_90 --parallel 2"))
                .isEqualTo(new LabRequest.Run(
                        List.of(),
                        null,
                        2,
                        false,
                        new LabRequest.Resumption("out", false),
                        List.of("tcp", "*/tate/angle_90")));
        assertThat(read("run --failed out"))
                .isEqualTo(new LabRequest.Run(
                        List.of(), null, null, false, new LabRequest.Resumption("out", true), List.of()));
        assertThat(read("summary out")).isEqualTo(new LabRequest.Summary("out"));
        assertThat(read("compare a b")).isEqualTo(new LabRequest.Compare("a", "b", 5, false));
        assertThat(read("compare a b --band 2.5% --json")).isEqualTo(new LabRequest.Compare("a", "b", 2.5, true));
    }

    @Test
    void threadsSayWhichLinesAreRead() {
        assertThat(options("x").threads()).isEqualTo(Threads.PROGRAM_OR_ADDED);
        assertThat(options("-p 1 x").threads()).isEqualTo(Threads.SINGLE);
        assertThat(options("-p 4 x").threads()).isEqualTo(Threads.PROGRAM);
        assertThat(options("-v x").threads()).isEqualTo(Threads.ADDED);
        assertThat(options("-d x").show()).isEqualTo(Content.LAST_TRANSFER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "check -h",
                "sample --help",
                "parse -h",
                "list --help",
                "summary -h",
                "compare -h"
            })
    void helpNamesTheCommand(String line) {
        assertThat(read(line))
                .isInstanceOfSatisfying(
                        LabRequest.Help.class, help -> assertThat(help.text()).startsWith("Usage: pitot lab"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --parallel x    | invalid value 'x' for --parallel: a whole number of 1 to 1000 is needed
            run --parallel 0    | invalid value '0' for --parallel: a whole number of 1 to 1000 is needed
            run --parallel 1001 | invalid value '1001' for --parallel: a whole number of 1 to 1000 is needed
            run --output        | --output needs a value
            run --output a --output b | --output is given twice: give it once
            run --outptu a      | unknown option '--outptu'
            check --plain       | unknown option '--plain'
            go                  | unknown command 'go': run, check, sample, parse, list, summary or compare is needed
            sample a b          | one argument too many: 'b'
            list a b            | one argument too many: 'b'
            parse -u furlongs   | invalid value 'furlongs' for -u: bits, Kbits, Mbits, Gbits, Bytes, KBytes, MBytes or GBytes is needed
            parse -i 0          | invalid value '0' for -i: a number above 0 is needed
            parse -i x          | invalid value 'x' for -i: a number above 0 is needed
            parse --tolerance -1 | invalid value '-1' for --tolerance: a number above 0 is needed
            parse -m NaN        | invalid value 'NaN' for -m: a number above 0 is needed
            parse -p 1.5        | invalid value '1.5' for -p: a whole number of 1 to 1000000 is needed
            parse -l -d         | -l and -d exclude each other: give one of them
            parse -v -p 2       | -v and -p exclude each other: give one of them
            parse -g *.x y      | -g and files exclude each other: give one of them
            run --resume a --failed a | --resume and --failed exclude each other: give one of them
            run --resume a b.yaml | --resume goes on with the plan and the results in its folder: leave out the plan
            run --failed a --output b | --failed goes on with the plan and the results in its folder: leave out --output
            summary             | summary needs one folder of results, not 0
            compare a           | compare needs two folders of results, not 1
            compare a b --band x | invalid value 'x' for --band: a percentage such as 5% is needed
            parse -s            | -s saves beside files: name one, or give -g
            """)
    void whatCannotBeDoneIsSaid(String line, String complaint) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }

    @Test
    void withoutACommandOneIsAskedFor() {
        assertThatThrownBy(() -> LabArguments.read(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("run, check, sample, parse, list, summary or compare is needed");
    }

    @ParameterizedTest
    @CsvSource({"run --outptu, lab run --help", "go, lab --help", "list a b, lab list --help"})
    void helpIsOfferedOnWhatWasTried(String line, String help) {
        assertThat(LabArguments.help(List.of(line.split(" ")))).isEqualTo(help);
    }
}
