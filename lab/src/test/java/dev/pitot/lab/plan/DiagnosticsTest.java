package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosticsTest {
    /// Lines of `part of the small plan | what stands there instead | what is told`. The small
    /// plan's lines: 1 nodes, 2 desk, 3 phone, 4 traffic_pc, 5 tests, 6 the test.
    static Stream<Arguments> problems() throws IOException {
        return resource("problems.txt").lines().map(line -> {
            String[] cells = line.split("\\|", 3);
            return Arguments.of(cells[0].strip(), cells[1].strip(), cells[2].strip());
        });
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(DiagnosticsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("problems")
    void eachProblemHasItsPlaceAndSaysWhatToDo(String part, String instead, String complaint) {
        String text = PlanTexts.SMALL.replace(part, instead.replace("\\n", "\n"));

        assertThat(PlanTexts.complaints(text)).contains(complaint);
    }

    @Test
    void allProblemsAreToldInTheOrderOfTheFile() {
        String text = """
                nodes:
                  desk: {connection: locl}
                  phone: {connection: adb, systm: android}
                traffic_pc: dsk
                tests:
                  - {name: a, options: {tiem: 1}}
                  - {name: a, thresholds: {bitrate: fast}}
                repeet: 2
                """;

        assertThat(PlanTexts.complaints(text).lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly(
                        "p.yaml:2:22:",
                        "p.yaml:3:28:",
                        "p.yaml:4:1:",
                        "p.yaml:6:25:",
                        "p.yaml:7:6:",
                        "p.yaml:7:37:",
                        "p.yaml:8:1:");
    }

    @Test
    void aManualNodeOnlyReceives() {
        String text = PlanTexts.SMALL.replace(
                "{connection: adb, interface: wlan0}", "{connection: manual, address: 10.0.0.5}");

        assertThat(PlanTexts.complaints(text))
                .isEqualTo("p.yaml:6:5: node 'phone' is manual and can only receive: give this test"
                        + " 'directions: to', or 'nodes' without it");
        assertThat(PlanTexts.plan(text + "    directions: to\n").cases()).hasSize(1);
    }

    @Test
    void nothingTouchesAManualNode() {
        String text =
                PlanTexts.SMALL.replace("{connection: adb, interface: wlan0}", "{connection: manual, interface: w}")
                        + "    directions: to\n"
                        + "hooks: {before_test: {command: x, node: phone}}\n"
                        + "watches: {watch: cpu, node: phone}\n";

        assertThat(PlanTexts.complaints(text))
                .contains("node 'phone' needs an 'address' for test traffic: nobody may ask it")
                .contains("p.yaml:8:35: node 'phone' is manual: nothing may run on it")
                .contains("p.yaml:9:23: node 'phone' is manual: nothing may run on it");
    }

    @Test
    void everyMistakeOfAPlanIsFoundAtOnce() throws IOException {
        String text = resource("wrong.yaml");
        List<String> expected = text.lines()
                .flatMap(line -> Stream.of(line.split("# wrong: ", -1)).skip(1))
                .map(String::strip)
                .toList();

        List<String> found = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (String complaint : PlanTexts.complaints(text).lines().toList()) {
            int line = Integer.parseInt(complaint.split(":", 4)[1]);
            String wanted = lines.get(line - 1).replaceFirst(".*?# wrong: ", "");
            String sentence = complaint.replaceFirst("^p.yaml:[0-9]+:[0-9]+: ", "");
            assertThat(wanted).describedAs(complaint).contains(sentence);
            found.add(sentence);
        }

        assertThat(found).hasSizeGreaterThanOrEqualTo(25).containsExactlyElementsOf(expected);
    }

    /// Kinds of mistakes that a line `key: value` can have: the line after, and what is told of it.
    enum Mistake {
        UNKNOWN_KEY("$1$2zz: $3", "'%szz'", false),
        TWICE("$1$2: $3\n$1$2: $3", "key '%s' is already in line", true),
        NO_VALUE_OF_ITS_KIND("$1$2: ~zz", "'~zz'", true),
        A_LIST_OF_LISTS("$1$2: [[1]]", "a single value is needed here", true),
        A_TABLE("$1$2: {zz: 1}", "a single value is needed here", true);

        private final String line;
        private final String complaint;
        private final boolean isOfValue;

        Mistake(String line, String complaint, boolean isOfValue) {
            this.line = line;
            this.complaint = complaint;
            this.isOfValue = isOfValue;
        }
    }

    /// Each kind of mistake, put into the large sample where a random line allows it.
    @ParameterizedTest
    @EnumSource
    void aMistakeIsFoundWhereverItStands(Mistake mistake) {
        List<String> lines = SamplePlanTest.everything().lines().toList();
        var random = new Random(15);
        int tried = 0;
        while (tried < 100) {
            int at = random.nextInt(lines.size());
            Matcher line = Pattern.compile("( *(?:- )?)([a-z_]+): ?([^#]*?)(?: +#.*)?$")
                    .matcher(lines.get(at));
            if (!line.matches()
                    || lines.get(at).matches("  [a-z_]+:( .*)?") // a name that the plan gives, or a moment
                    || (mistake.isOfValue && !hasOneValue(line))) {
                continue;
            }
            tried++;
            List<String> wrong = new ArrayList<>(lines);
            wrong.set(at, line.replaceFirst(mistake.line));
            int number = at + (mistake == Mistake.TWICE ? 2 : 1);

            assertThat(PlanTexts.complaints(String.join("\n", wrong)).lines())
                    .describedAs(wrong.get(at))
                    .anySatisfy(complaint -> assertThat(complaint)
                            .startsWith("p.yaml:" + number + ":")
                            .contains(mistake.complaint.formatted(line.group(2))));
        }
    }

    /// Whether a key has a number, a length of time or a word of a few, whatever its table is.
    private static boolean hasOneValue(Matcher line) {
        List<KeyType> types = Stream.of(PlanKeys.values())
                .flatMap(table -> table.keys().stream())
                .filter(key -> key.name().equals(line.group(2)))
                .map(PlanKeys.Key::type)
                .toList();
        return line.group(1).isBlank()
                && !line.group(3).isEmpty()
                && !types.isEmpty()
                && types.stream()
                        .allMatch(type -> type instanceof KeyType.Whole
                                || type instanceof KeyType.DurationType
                                || type instanceof KeyType.Choice);
    }

    @Test
    void whatIperf2LacksIsWrongWhereBothNodesMeasureWithIt() {
        String text =
                PlanTexts.SMALL.replace("{connection", "{engine: iperf2, connection") + "    options: {omit: 3}\n";

        assertThat(PlanTexts.complaints(text))
                .isEqualTo("p.yaml:6:5: both 'phone' and 'desk' measure with iperf2: iperf 2 has no -O (--omit):"
                        + " leave it out, or use iperf3 or Pitot at both ends");
        assertThat(PlanTexts.complaints(text + "    engine: iperf3\n")).isEmpty();
        assertThat(PlanTexts.complaints(text.replaceFirst("engine: iperf2, ", "")))
                .isEmpty();
    }

    @Test
    void optionsThatNeedEachOtherAreFineTogether() {
        String iperf2 = PlanTexts.SMALL + "    engine: iperf2\n    options: ";

        assertThat(PlanTexts.complaints(iperf2 + "{blockcount: 10, length: 1K}\n"))
                .isEmpty();
        assertThat(PlanTexts.complaints(iperf2 + "{blockcount: 10, omit: 1, cport: 3}\n"))
                .isEqualTo("""
                p.yaml:8:31: iperf 2 has no -O (--omit): leave it out, or use iperf3 or Pitot at both ends
                p.yaml:8:40: iperf 2 has no --cport: leave it out, or use iperf3 or Pitot at both ends""");
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "    options: -t x -P y --tiem 3\n"))
                .isEqualTo("""
                p.yaml:7:14: invalid value 'x' for --time: a whole number of seconds is needed
                p.yaml:7:14: invalid value 'y' for --parallel: a whole number is needed
                p.yaml:7:14: unknown option 'tiem': did you mean 'time'?""");
    }

    @Test
    void aPlanHasAtMostAHundredThousandTests() {
        String thousand =
                IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(", "));

        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "repeat: 50001\n"))
                .isEqualTo("p.yaml:5:1: this plan has more than 100000 tests to run: repeat less, vary less, or make"
                        + " several plans");
        assertThat(PlanTexts.plan(PlanTexts.SMALL + "repeat: 50000\n").cases()).hasSize(100_000);
        assertThat(PlanTexts.complaints(
                        PlanTexts.SMALL + "    sweep: {time: [" + thousand + "], omit: [" + thousand + "]}\n"))
                .contains("the sweeps of the tests up to this make more than 100000 combinations: give fewer values");
    }

    @Test
    void severalTestsCannotSweepMoreTogether() {
        String values =
                IntStream.rangeClosed(1, 250).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String sweep = ", sweep: {time: [" + values + "], omit: [" + values + "]}}\n";

        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "  - {name: a" + sweep + "  - {name: b" + sweep))
                .contains("p.yaml:8:15: the sweeps of the tests up to this make more than 100000 combinations");
    }

    @Test
    void yamlHasLimits() {
        String many = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(5) + "]\n")
                        .collect(Collectors.joining());

        assertThat(PlanTexts.complaints("[".repeat(51))).contains("nested more than 50 deep");
        assertThat(PlanTexts.complaints("a: ".repeat(3))).contains("this is no YAML: ");
        assertThat(PlanTexts.complaints(many)).contains("aliases make this plan too large");
        assertThat(PlanTexts.complaints("a: &a [*a, *a]\n")).contains("p.yaml:1:8: no anchor '&a' ends before here");
        assertThat(PlanTexts.complaints("a: !!binary abc\nb: !x y\n"))
                .contains("tags such as '!x' are not used in plans");
        assertThat(PlanTexts.complaints("#" + "x".repeat(1 << 20))).isEqualTo("p.yaml:1:1: a plan has at most 1 MiB");
        assertThat(PlanTexts.complaints("a: 1\n---\nb: 2\n"))
                .contains("p.yaml:2:1: a plan is one YAML document; a second one starts here");
        assertThat(PlanTexts.complaints("\u0007")).startsWith("p.yaml:1:1: this is no YAML: ");
        assertThat(PlanTexts.complaints("")).contains("this plan is empty");
        assertThat(PlanTexts.complaints("[1, 2]")).contains("a table is needed here");
        assertThat(PlanTexts.complaints("? [a]\n: b\n")).contains("a key must be a word");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemToo(@TempDir Path folder) throws Exception {
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, "title: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Plans.read(folder.resolve("no.yaml"), folder))
                .isInstanceOf(PlanException.class)
                .hasMessage(folder.resolve("no.yaml") + ":1:1: there is no such file");
        assertThatThrownBy(() -> Plans.read(binary, folder)).hasMessageContaining("this is no UTF-8 text");
        assertThatThrownBy(() -> Plans.read(folder, folder)).hasMessageContaining("this file cannot be read");
    }
}
