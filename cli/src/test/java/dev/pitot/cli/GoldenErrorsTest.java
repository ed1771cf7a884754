package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Command lines that iperf 3.21 refused, with its exit code and standard error as they were; its
/// standard output was empty.
class GoldenErrorsTest {
    private static final String COMMAND = "client: iperf3";
    private static final String EXIT_CODE = "client exit: ";

    static Stream<Path> cases() throws IOException, URISyntaxException {
        URI folder = Objects.requireNonNull(GoldenErrorsTest.class.getResource("/golden"))
                .toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areRefusedWordForWord(Path file) throws IOException {
        Iterator<String> lines = Files.readAllLines(file).iterator();
        String command = lines.next();
        String exitCode = lines.next();
        assertThat(lines.next()).isEqualTo("client stderr:");
        var err = new StringBuilder();
        lines.forEachRemaining(line -> err.append(line).append('\n'));

        Launch launch = Launch.of(arguments(command));

        assertThat(launch.err() + "\n").isEqualTo(err.toString()); // a file ends with an empty line
        assertThat(EXIT_CODE + launch.exitCode()).isEqualTo(exitCode);
        assertThat(launch.out()).isEmpty();
    }

    private static String[] arguments(String command) {
        assertThat(command).startsWith(COMMAND);
        String rest = command.substring(COMMAND.length()).strip();
        return rest.isEmpty() ? new String[0] : List.of(rest.split(" ", -1)).toArray(String[]::new);
    }
}
