package dev.pitot.wire.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.wire.golden.GoldenSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Complete recorded sessions, split in many ways.
class GoldenDecodingTest {
    static Stream<GoldenSession> sessions() {
        return GoldenSession.all();
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void aClientUnderstandsTheServer(GoldenSession session) {
        byte[] said = GoldenSession.bytes(session.serverLines());

        assertHeard(said, ControlDecoder::forClient, expected(session.serverLines()));
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void aServerUnderstandsTheClient(GoldenSession session) {
        byte[] said = GoldenSession.bytes(session.clientLines());

        List<ControlMessage> expected = expected(session.clientLines());
        expected.set(0, new ControlMessage.Parameters(session.parameters()));
        assertHeard(said, ControlDecoder::forServer, expected);
    }

    private static void assertHeard(byte[] said, Supplier<ControlDecoder> decoder, List<ControlMessage> expected) {
        assertThat(heard(said, decoder.get(), said.length, new Random(0))).isEqualTo(expected);
        assertThat(heard(said, decoder.get(), 1, new Random(0))).isEqualTo(expected);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(heard(said, decoder.get(), 300, new Random(seed))).isEqualTo(expected);
        }
    }

    private static List<ControlMessage> heard(byte[] said, ControlDecoder decoder, int longestPiece, Random random) {
        var messages = new ArrayList<ControlMessage>();
        int at = 0;
        while (at < said.length) {
            int length = longestPiece == said.length ? longestPiece : 1 + random.nextInt(longestPiece);
            length = Math.min(length, said.length - at);
            decoder.feed(ByteBuffer.wrap(said, at, length));
            messages.addAll(ControlDecoderTest.all(decoder));
            at += length;
        }
        decoder.end();
        messages.addAll(ControlDecoderTest.all(decoder));
        return messages;
    }

    private static List<ControlMessage> expected(List<String> lines) {
        var messages = new ArrayList<ControlMessage>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("frame ")) {
                messages.add(new ControlMessage.Results(line.substring("frame ".length())));
            } else if (line.equals("fe")) {
                messages.add(new ControlMessage.ServerError(
                        HexFormat.fromHexDigits(lines.get(i + 1)), HexFormat.fromHexDigits(lines.get(i + 2))));
                i += 2;
            } else {
                byte value = (byte) HexFormat.fromHexDigits(line);
                messages.add(new ControlMessage.State(Objects.requireNonNull(TestState.ofByte(value))));
            }
        }
        return messages;
    }
}
