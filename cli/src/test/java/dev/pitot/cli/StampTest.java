package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `pitot stamp`, in this process.
@Timeout(180)
@Tag("slow")
class StampTest {
    private static final Pattern LISTENING = Pattern.compile("reflecting on 127\\.0\\.0\\.1:([0-9]+) \\(UDP\\)\n");
    private static final String KEY = "sixteen bytes or more";

    /// A reflector running in this process, on its own port.
    private record Reflecting(Launch.Running running, String address) implements AutoCloseable {
        static Reflecting start(Map<String, String> variables, String... options) {
            List<String> args = new ArrayList<>(List.of("stamp", "--reflect", "--listen", "127.0.0.1:0"));
            args.addAll(List.of(options));
            Launch.Running running = Launch.start(variables, args.toArray(String[]::new));
            Matcher line = LISTENING.matcher(running.awaitOutput("\n"));
            assertThat(line.matches()).isTrue();
            return new Reflecting(running, "127.0.0.1:" + line.group(1));
        }

        @Override
        public void close() {
            running.close();
        }
    }

    @Test
    void aSenderSaysWhatItMeasured() {
        try (Reflecting reflector = Reflecting.start(Map.of())) {
            Launch stamp = Launch.of("stamp", reflector.address(), "-c", "20", "-i", "5ms", "-w", "10");

            assertThat(stamp.err()).isEmpty();
            assertThat(stamp.exitCode()).isZero();
            assertThat(stamp.out().lines()).hasSize(9).satisfies(lines -> {
                assertThat(lines.get(0))
                        .isEqualTo("STAMP " + reflector.address() + ": 20 packets, 44 bytes, every 5.000 ms");
                assertThat(lines.get(2))
                        .isEqualTo("20 sent, 20 answered, 0 lost (0.00%), 0 out of order, 0 duplicates");
                assertThat(lines.get(3)).isEqualTo("loss: 0 on the way there, 0 on the way back");
                assertThat(lines.get(4))
                        .matches("round trip min [\\d.]+, p50 [\\d.]+, max [\\d.]+ ms \\(20 samples, .*\\)");
                assertThat(lines.get(5)).matches("one-way delay above its minimum, there: p50 [\\d.]+, max [\\d.]+ ms");
                assertThat(lines.get(7)).matches("each ± [\\d.]+ ms; packets wait .*");
                assertThat(lines.get(8)).endsWith("(half the round trip: the clocks are not synchronized)");
            });
        }
    }

    @Test
    void aKeyComesFromAFileOrTheEnvironment(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        String hex = "hex:" + HexFormat.of().formatHex(KEY.getBytes(StandardCharsets.UTF_8));
        try (Reflecting reflector = Reflecting.start(Map.of("PITOT_STAMP_KEY", hex))) {
            Launch stamp = Launch.of(
                    "stamp",
                    reflector.address(),
                    "-c",
                    "5",
                    "-i",
                    "5ms",
                    "-w",
                    "10",
                    "--json",
                    "--key-file",
                    "" + file);
            Launch without = Launch.of("stamp", reflector.address(), "-c", "2", "-i", "5ms", "-w", "50ms");

            assertThat(stamp.exitCode()).isZero();
            assertThat(stamp.out()).contains("\"authenticated\":true", "\"answered\":5");
            assertThat(without.exitCode()).isEqualTo(1);
            assertThat(without.out()).contains("loss per direction not known: no answer came");
            assertThat(without.err())
                    .startsWith("pitot: no answer came from " + reflector.address() + ": look whether");
        }
    }

    @Test
    void aShortKeyIsNotShown(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "hunter2\n");

        Launch stamp = Launch.of("stamp", "127.0.0.1", "--key-file", "" + file);

        assertThat(stamp.exitCode()).isEqualTo(1);
        assertThat(stamp.err())
                .contains("cannot use the key of the file " + file + ": a key of 16 bytes or more is needed")
                .doesNotContain("hunter2");
    }

    @Test
    void aStatelessReflectorKnowsNoDirection() {
        try (Reflecting reflector = Reflecting.start(Map.of(), "--stateless", "--rate", "1")) {
            Launch stamp = Launch.of("stamp", reflector.address(), "-c", "30", "-i", "1ms", "-w", "100ms");

            assertThat(stamp.out()).contains("loss per direction not known: the reflector keeps no count of its own");
        }
    }

    @Test
    void aSignalEndsASenderWithWhatItHas() {
        try (Reflecting reflector = Reflecting.start(Map.of());
                Launch.Running stamp = Launch.start("stamp", reflector.address(), "-c", "100000", "-i", "1h")) {
            stamp.awaitOutput("STAMP ");
            stamp.signal("Interrupt(2)");
            Launch result = stamp.join();

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains(" sent, ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    stamp                              | HOST, HOST:PORT or [ADDR]:PORT, or --reflect is needed
                    stamp host --reflect               | --reflect has no HOST: --listen says where to listen
                    stamp host --stateless             | --stateless needs --reflect
                    stamp --reflect -c 5               | --count is for senders: leave out --reflect
                    stamp host -c 0                    | invalid value '0' for --count: a number of 1 to 2147483646 is needed
                    stamp host -c 1.5                  | invalid value '1.5' for --count: a whole number is needed
                    stamp host --dscp 64               | invalid value '64' for --dscp: a number of 0 to 63 is needed
                    stamp host --format tai            | invalid value 'tai' for --format: ntp or ptp is needed
                    """)
    void aWrongCommandLineIsOneSentence(String line, String sentence) {
        assertThat(Launch.of(line.split(" ")))
                .isEqualTo(new Launch(1, "", "pitot: " + sentence + " (see pitot stamp --help)\n"));
    }
}
