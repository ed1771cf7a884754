package dev.pitot.lab.remote.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.remote.OutputLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    @Test
    void aCharacterMayComeInTwoPieces() {
        String bytes = new String("a€\r\n\nb".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var lines = new LineAssembler();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < bytes.length(); i++) {
            all.addAll(lines.of(bytes.substring(i, i + 1)));
        }
        all.addAll(lines.rest());

        assertThat(all).containsExactly("a€", "", "b");
        assertThat(lines.rest()).isEmpty();
    }

    @Test
    void aLineWithoutAnEndComesInParts() {
        var lines = new LineAssembler();

        List<String> parts = lines.of("x".repeat(OutputLine.MAX_CHARACTERS + 1));

        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst()).hasSize(OutputLine.MAX_CHARACTERS);
        assertThat(lines.rest()).containsExactly("x");
    }

    @Test
    void anIntruderIsFoundWhereItIs() {
        assertThat(InterleavedOutput.between("one\ntw[ 1.5] usb: gone\no\n", "one\ntwo\n"))
                .containsExactly("[ 1.5] usb: gone");
        assertThat(InterleavedOutput.between("one\n", "one\n")).isEmpty();
        assertThat(InterleavedOutput.between("xoneyz", "one")).isEmpty();
    }
}
