package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Command lines that iperf 3.21 rejected, with its exit code and standard error; its standard output
/// was empty.
class GoldenErrorsTest {
    private static final String PROGRAM = "iperf3";

    static Stream<Golden> cases() {
        return Golden.all().stream()
                .filter(golden -> golden.version().equals("3.21"))
                .filter(golden -> golden.name().startsWith("err-param-"))
                .filter(golden -> golden.client().exitCode() != 0); // not the help and the version
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areRefusedWordForWord(Golden golden) {
        Launch launch = Launch.of(arguments(golden.client().command()));

        assertThat(launch.err()).isEqualTo(golden.client().stderr());
        assertThat(launch.exitCode()).isEqualTo(golden.client().exitCode());
        assertThat(launch.out()).isEmpty();
    }

    private static String[] arguments(String command) {
        assertThat(command).startsWith(PROGRAM);
        String rest = command.substring(PROGRAM.length()).strip();
        return rest.isEmpty() ? new String[0] : List.of(rest.split(" ", -1)).toArray(String[]::new);
    }
}
