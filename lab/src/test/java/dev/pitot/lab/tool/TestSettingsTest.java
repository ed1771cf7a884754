package dev.pitot.lab.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSettingsTest {
    private static TestSettings of(String options) {
        List<String> words = options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
        return TestSettings.of(words, Iperf2Options.NONE, OutputStyle.EXACT);
    }

    @Test
    void optionsMeanWhatTheyMeanToPitot() {
        TestSettings settings = of("-u -b 10M -t 5 -P 4");

        assertThat(settings.options()).containsExactly("-u", "-b", "10M", "-t", "5", "-P", "4");
        assertThat(settings.config().test().protocol()).isEqualTo(Protocol.UDP);
        assertThat(settings.config().test().streams().parallel()).isEqualTo(4);
        assertThat(settings.config().test().streams().pacing().target().bitsPerSecond())
                .isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''            | 120
                -t 30         | 120
                -t 80         | 120
                -t 100        | 150
                -t 100 -O 20  | 180
                -n 10M        | 120
                -k 100        | 120
                """)
    void theDeadlineIsOneAndAHalfTimesTheLengthAndAtLeastTwoMinutes(String options, int deadline) {
        assertThat(of(options).deadline()).isEqualTo(Duration.ofSeconds(deadline));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                -c 10.0.0.1       | leave out --client: the pair of nodes tells who is connected to
                -p 5201           | leave out --port: the lab chooses a port
                -RB 10.0.0.1      | leave out --bind or --xbind: give the node 'address' or 'interface'
                --bind-dev eth0   | leave out --bind-dev: give the node 'interface'
                --js              | option '--js' is ambiguous; possibilities: '--json' '--json-stream' '--json-stream-full-output'
                -J                | leave out --json or --json-stream: the lab asks for the most exact output by itself, and for text with 'output: {style: text}'
                --json-stream     | leave out --json or --json-stream: the lab asks for the most exact output by itself, and for text with 'output: {style: text}'
                --logfile x       | leave out --logfile: the lab keeps all output itself
                -I /tmp/x         | leave out --pidfile: the lab notes processes itself
                -T x              | leave out --title: the test's name in the plan is its title
                -F /etc/hosts     | leave out --file: the lab sends made-up data
                --timestamps      | leave out --timestamps: the lab keeps the time of each line itself
                -d                | leave out --debug: it would stand among the figures
                -t 0              | a --time of 0 never ends: give a number of seconds, or --bytes or --blockcount
                -v                | these options test nothing: leave out --help and --version
                -t x              | invalid value 'x' for --time: a whole number of seconds is needed
                -P 500            | invalid number of parallel streams (min = 1, max = 128)
                --frobnicate      | unrecognized option '--frobnicate'
                -u -- -R          | '--' ends the options: leave it out, the lab has more to say
                """)
    void whatTheLabSetsItselfAndWhatIsWrongIsRefusedInOneSentence(String options, String sentence) {
        assertThatThrownBy(() -> of(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"-s", "-D", "-1", "--one-off"})
    void optionsOfServersAreRefusedWithWhatToDo(String option) {
        assertThatThrownBy(() -> of(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        ": the lab starts the servers itself, leave out options of servers such as -s, -D" + " and -1");
    }
}
