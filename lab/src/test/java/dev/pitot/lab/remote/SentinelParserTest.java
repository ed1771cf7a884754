package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentinelParserTest {
    private static final String MARK = "pi0123abcd7";

    @Test
    void theEchoOfTheLineIsNotTheAnswer() {
        var marked = new SentinelParser(MARK, 1_000);
        String typed = SentinelParser.typed(MARK, "echo a; false");
        assertThat(typed).isEqualTo(" echo 'pi''0123abcd7''<'; echo a; false; echo 'pi''0123abcd7''>'$?");

        assertThat(marked.feed("$" + typed + "\r\n")).isNull();

        assertThat(marked.feed(MARK + "<\r\na\r\n" + MARK + ">1\r\n$ ")).isEqualTo(new SentinelParser.Output("a\n", 1));
        assertThat(marked.stray()).isEqualTo("$" + typed + "\r\n$ ");
    }

    @Test
    void piecesOfAnySizeMakeTheSameAnswer() {
        String shown = "noise\r\n" + MARK + "<\r\none\r\r\ntwo" + MARK + ">127\r\n";
        for (int size = 1; size < shown.length(); size++) {
            var marked = new SentinelParser(MARK, 1_000);
            SentinelParser.Output answer = null;
            for (int start = 0; start < shown.length(); start += size) {
                assertThat(answer).isNull();
                answer = marked.feed(shown.substring(start, Math.min(shown.length(), start + size)));
            }
            assertThat(answer).as("size %d", size).isEqualTo(new SentinelParser.Output("one\r\ntwo", 127));
            assertThat(marked.stray()).isEqualTo("noise\r\n");
        }
    }

    @Test
    void aTerminalThatLeavesLinesAloneIsLeftAlone() {
        var marked = new SentinelParser(MARK, 1_000);

        assertThat(marked.feed(MARK + "<\na\r\nb\n" + MARK + ">0\n"))
                .isEqualTo(new SentinelParser.Output("a\r\nb\n", 0));
    }

    @Test
    void whatNeverEndsIsNotKept() {
        var before = new SentinelParser(MARK, 1_000);
        var between = new SentinelParser(MARK, 1_000);
        between.feed(MARK + "<\n");
        for (int i = 0; i < 100; i++) {
            before.feed("x".repeat(500));
            between.feed("x".repeat(500));
        }

        assertThat(before.isTooLong()).isFalse();
        assertThat(before.stray().length()).isLessThanOrEqualTo(1_000);
        assertThat(between.isTooLong()).isTrue();
    }
}
