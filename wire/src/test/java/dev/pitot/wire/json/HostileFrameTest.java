package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.wire.control.ControlEncoder;
import dev.pitot.wire.golden.GoldenSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames that iperf would never write. Reading them returns a value or throws the documented
/// exception, and a value can be written and read again. Seeded, so that a failure is reproducible.
@Tag("slow")
class HostileFrameTest {
    private static final int ROUNDS = 20_000;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\",
            "\\u12",
            "\\ud800",
            "\\u0000",
            "null",
            "true",
            "-",
            "1e999",
            "-1e-999",
            "9".repeat(400),
            "\"len\":",
            "\"num\":1e18",
            "\"streams\":[",
            "\"server_output_json\":{",
            "\u0000",
            "\u001f",
            "{\"a\":".repeat(50),
            "[".repeat(2000),
            "//",
            "'",
            "NaN",
            "é",
            "\ud83d");

    private final Random random = new Random(21);

    @Test
    void mutatedParametersAreReadOrRefused() {
        List<byte[]> golden = GoldenSession.all()
                .map(session -> session.parameters().getBytes(StandardCharsets.UTF_8))
                .toList();
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            read += survivesParameters(mutated(golden.get(random.nextInt(golden.size()))));
        }

        assertThat(read).isBetween(ROUNDS / 10, ROUNDS - ROUNDS / 10); // both cases occurred
    }

    @Test
    void mutatedResultsAreReadOrRefused() {
        String output = "{\"start\":{\"a\":[1,2.5,null]},\"end\":{}}";
        List<byte[]> golden = Stream.concat(
                        GoldenSession.all().flatMap(GoldenSession::results),
                        Stream.of(GoldenSession.of("3.21/tcp")
                                        .results()
                                        .toList()
                                        .getLast())
                                .map(text -> text.replace(
                                        "\"streams\"", "\"server_output_json\":" + output + ",\"streams\"")))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            read += survivesResults(mutated(golden.get(random.nextInt(golden.size()))));
        }

        assertThat(read).isBetween(ROUNDS / 50, ROUNDS - ROUNDS / 50);
    }

    @Test
    void noiseIsReadOrRefused() {
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            read += survivesParameters(noise) + survivesResults(noise);
        }

        assertThat(read).isLessThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"streams\":[", "{\"server_output_json\":{\"a\":", "[{\"\":"})
    void depthIsRefusedWithoutExhaustingTheStack(String opening) {
        String deep = opening.repeat((1 << 20) / opening.length());

        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ParametersJson.read(deep));
        assertThatExceptionOfType(MalformedResultsException.class).isThrownBy(() -> ResultsJson.read(deep));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "0", "1e", ".5", "-"})
    void endlessNumbersAreRefused(String digits) {
        String number = "{\"len\":1" + digits.repeat(100_000) + "}";

        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ParametersJson.read(number));
        assertThatExceptionOfType(MalformedResultsException.class).isThrownBy(() -> ResultsJson.read(number));
    }

    @Test
    void aLargeServerOutputIsKept() throws MalformedResultsException {
        String large = "{\"a\":[" + "1e-300,".repeat(1_000_000) + "0]}";
        String golden = GoldenSession.of("3.21/tcp").results().toList().getLast();

        TestResults results =
                ResultsJson.read(golden.replace("\"streams\"", "\"server_output_json\":" + large + ",\"streams\""));

        assertThat(results.serverOutput()).isEqualTo(new ServerOutput.Json(large));
    }

    private static int survivesParameters(byte[] frame) {
        Parameters parameters;
        try {
            parameters = ParametersJson.read(new String(frame, StandardCharsets.UTF_8));
        } catch (InvalidSettingException e) {
            assertThat(e.error().number()).isPositive();
            return 0;
        }
        assertThat(ParametersJson.read(ParametersJson.write(parameters.test(), parameters.authToken())))
                .isEqualTo(parameters);
        return 1;
    }

    private static int survivesResults(byte[] frame) {
        TestResults results;
        try {
            results = ResultsJson.read(new String(frame, StandardCharsets.UTF_8));
        } catch (MalformedResultsException _) { // documented
            return 0;
        }
        byte[] again = ControlEncoder.frame(ResultsJson.write(results));
        String body = new String(again, Integer.BYTES, again.length - Integer.BYTES, StandardCharsets.UTF_8);
        try {
            assertThat(ResultsJson.read(body).streams()).hasSameSizeAs(results.streams());
        } catch (MalformedResultsException e) {
            throw new AssertionError(body, e);
        }
        return 1;
    }

    private byte[] mutated(byte[] golden) {
        byte[] frame = golden.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            frame = random.nextBoolean() ? withPiece(frame) : withBytes(frame);
        }
        return frame;
    }

    private byte[] withBytes(byte[] frame) {
        if (frame.length > 0) {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt();
        }
        return frame;
    }

    /// Replaces a random part with invalid or extreme content.
    private byte[] withPiece(byte[] frame) {
        int from = random.nextInt(frame.length + 1);
        int to = Math.min(frame.length, from + random.nextInt(30));
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return (latin1(frame, 0, from) + piece + latin1(frame, to, frame.length)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latin1(byte[] frame, int from, int to) {
        return new String(frame, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
