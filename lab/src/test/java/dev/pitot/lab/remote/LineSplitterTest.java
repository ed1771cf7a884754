package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final String LONGEST = "x".repeat(OutputLine.MAX_CHARACTERS);

    private final LineSplitter splitter = new LineSplitter();
    private final List<String> lines = new ArrayList<>();

    @Test
    void endsALineAtLineFeedWithOrWithoutCarriageReturn() {
        take("a\nb\r\n\nc\rd\n\r\n");

        assertThat(lines).containsExactly("a", "b", "", "c\rd", "");
    }

    @Test
    void countsALastLineWithoutAnEnd() {
        take("a\nlast");
        assertThat(lines).containsExactly("a");

        splitter.end(lines::add);

        assertThat(lines).containsExactly("a", "last");
    }

    @Test
    void tellsNothingMoreAtTheEndOfAWholeLine() {
        take("a\n");

        splitter.end(lines::add);

        assertThat(lines).containsExactly("a");
    }

    @Test
    void joinsWhatWasReadByteByByte() {
        for (byte b : "grüße €uro 😀\r\nnext\n".getBytes(StandardCharsets.UTF_8)) {
            splitter.take(new byte[] {b, 'X'}, 1, lines::add);
        }

        assertThat(lines).containsExactly("grüße €uro 😀", "next");
    }

    @Test
    void replacesWhatIsNotUtf8() {
        splitter.take(new byte[] {'a', (byte) 0xFF, 'b', '\n', (byte) 0xC3}, 5, lines::add);
        splitter.end(lines::add);

        assertThat(lines).containsExactly("a\uFFFDb", "\uFFFD");
    }

    @Test
    void tellsALongerLineInParts() {
        take(LONGEST + "rest\nnext\n");

        assertThat(lines).containsExactly(LONGEST, "rest", "next");
    }

    @Test
    void aLineOfJustTheLongestLengthHasNoEmptyPart() {
        take(LONGEST + "\n" + LONGEST + "\r\n\n");

        assertThat(lines).containsExactly(LONGEST, LONGEST, "");
    }

    @Test
    void keepsTheHalvesOfACharacterTogether() {
        String almost = "x".repeat(OutputLine.MAX_CHARACTERS - 1);

        take(almost + "😀\n");

        assertThat(lines).containsExactly(almost, "😀");
    }

    private void take(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.take(bytes, bytes.length, lines::add);
    }
}
