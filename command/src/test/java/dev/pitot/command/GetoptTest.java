package dev.pitot.command;

import static dev.pitot.command.OptionRow.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.command.Getopt.Given;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GetoptTest {
    @Test
    void readsLettersWithGluedAndFollowingValues() throws UsageException {
        List<Given> given = read("-P4", "-b10M/5", "-t", "3", "-Vu");

        assertThat(given)
                .containsExactly(
                        new Given(named("parallel"), "4"),
                        new Given(named("bitrate"), "10M/5"),
                        new Given(named("time"), "3"),
                        new Given(named("verbose"), null),
                        new Given(named("udp"), null));
    }

    @Test
    void aLetterWithValueEndsItsBundle() throws UsageException {
        assertThat(read("-VRt5"))
                .containsExactly(
                        new Given(named("verbose"), null),
                        new Given(named("reverse"), null),
                        new Given(named("time"), "5"));
    }

    @Test
    void readsLongNamesWithBothKindsOfValue() throws UsageException {
        assertThat(read("--port=5300", "--time", "-1"))
                .containsExactly(new Given(named("port"), "5300"), new Given(named("time"), "-1"));
    }

    @Test
    void takesAnOptionalValueOnlyBehindAnEqualsSign() throws UsageException {
        assertThat(read("--timestamps", "%F", "--debug=2"))
                .containsExactly(new Given(named("timestamps"), null), new Given(named("debug"), "2"));
    }

    @Test
    void completesUniquePrefixesAndPrefersExactNames() throws UsageException {
        assertThat(read("--par", "2", "--json", "--bind", "a", "--ban", "1M", "--linux", "cubic"))
                .containsExactly(
                        new Given(named("parallel"), "2"),
                        new Given(named("json"), null),
                        new Given(named("bind"), "a"),
                        new Given(named("bitrate"), "1M"),
                        new Given(named("congestion"), "cubic"));
    }

    @Test
    void keepsOperandsApartAndStopsAtTheDoubleDash() throws UsageException {
        var options = new Getopt(List.of("one", "-R", "two", "--", "-J"));

        assertThat(options.next()).isEqualTo(new Given(named("reverse"), null));
        assertThat(options.next()).isNull();

        assertThat(options.operands()).containsExactly("one", "two", "-J");
    }

    /// Messages of glibc 2.36, seen with iperf3 of Debian 12; those of `--s` with the names of 3.21 and
    /// Pitot.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    -b               | option requires an argument -- 'b'
                    -VP              | option requires an argument -- 'P'
                    --port           | option '--port' requires an argument
                    --por            | option '--port' requires an argument
                    --bandw          | option '--bandwidth' requires an argument
                    -y               | invalid option -- 'y'
                    -Vy              | invalid option -- 'y'
                    --json=3         | option '--json' doesn't allow an argument
                    --revers=3       | option '--reverse' doesn't allow an argument
                    --no-such-option | unrecognized option '--no-such-option'
                    --no-such=3      | unrecognized option '--no-such=3'
                    --b=3            | option '--b=3' is ambiguous; possibilities: '--bitrate' '--bytes' \
                    '--blockcount' '--bidir' '--bind' '--bind-dev'
                    --ver            | option '--ver' is ambiguous; possibilities: '--verbose' '--version' \
                    '--version4' '--version6'
                    --l              | option '--l' is ambiguous; possibilities: '--length' '--linux-congestion' \
                    '--logfile'
                    --t              | option '--t' is ambiguous; possibilities: '--time' '--tos' '--timestamps' \
                    '--title' '--time-skew-threshold'
                    """)
    void complainsInTheWordsOfGetopt(String arg, String complaint) {
        assertThatThrownBy(() -> read(arg)).isInstanceOf(UsageException.class).hasMessage(complaint);
    }

    private static List<Given> read(String... args) throws UsageException {
        var options = new Getopt(List.of(args));
        List<Given> all = new ArrayList<>();
        for (Given given = options.next(); given != null; given = options.next()) {
            all.add(given);
        }
        return all;
    }
}
