package dev.pitot.message.legume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script has the faults that were observed of the original; the probes are those of the
/// recordings.
final class ScriptedLegumeTest {
    private static final long TICK = 5_000_000;

    private final ScriptedLegume server = ScriptedLegume.server(true, 10_000_000_000L, UserTypes.PYTHON_2);
    private long now;

    private List<String> answersTo(String hex) {
        var sent = new ArrayList<String>();
        server.receive(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), now);
        server.flush(datagram -> sent.add(HexFormat.of().formatHex(datagram)), now);
        now += TICK;
        return sent;
    }

    @Test
    void itAcknowledgesOnceAndAcceptsOneUpdateLater() {
        assertThat(answersTo("0001beeffe0204")).containsExactly("00010000000800000001");
        assertThat(answersTo("0002000000ff")).containsExactly("000200000204");
    }

    @Test
    void aDuplicateIsNotAcknowledgedButThePingBesideItIsAnswered() {
        answersTo("0004000002c800000007");

        assertThat(answersTo("0004000002c800000007" + "0005000000090309")).containsExactly("00020000000a0309");
        assertThat(server.messages).hasSize(1);
    }

    @Test
    void afterAThousandOtherIdsTheSameMessageIsTakenAgain() {
        answersTo("0004000002c800000007");
        for (int i = 0; i < 1_000; i++) {
            answersTo("%04x000000ff".formatted(100 + i));
        }

        assertThat(answersTo("0004000002c800000007"))
                .containsExactly("00040000000800000004"); // its ids 2 and 3 were pings in these 5 s
        assertThat(RecordingListener.numbers(server.messages.stream()
                        .filter(each -> each.length == 5)
                        .toList()))
                .containsExactly(7, 7);
    }

    @Test
    void nothingIsDeliveredInOrder() {
        assertThat(answersTo("0003000201c80000000a" + "0004000301c80000000a")).isEmpty();
        assertThat(server.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0003000000ff00", // a byte behind
                "000300000063", // no such type
                "0003000000c80000", // a field cut off
                "00",
                "00030000001e000163e9", // a text longer than it says
                "00030000001e0001e9" // not ASCII
            })
    void itDiesOfWhatItDoesNotUnderstand(String hex) {
        assertThatExceptionOfType(ScriptedLegume.Died.class).isThrownBy(() -> answersTo(hex));
    }

    @Test
    void itDiesAfterItsLastId() {
        for (int id = 1; id <= 65_535; id++) {
            server.send(new byte[] {-1}, false);
        }

        assertThatExceptionOfType(ScriptedLegume.Died.class).isThrownBy(() -> server.send(new byte[] {-1}, false));
    }
}
