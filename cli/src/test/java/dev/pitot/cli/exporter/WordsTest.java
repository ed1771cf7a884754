package dev.pitot.cli.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void blanksPartWords() {
        assertThat(Words.split("  -u -b\t10M ")).containsExactly("-u", "-b", "10M");
        assertThat(Words.split("")).isEmpty();
    }

    @Test
    void quotesKeepBlanksAndTheOtherQuote() {
        assertThat(Words.split("-T 'a \"b\" c' --title=\"it's\" ''"))
                .containsExactly("-T", "a \"b\" c", "--title=it's", "");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(Words.split("$HOME *.pem C:\\keys '`id`'")).containsExactly("$HOME", "*.pem", "C:\\keys", "`id`");
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> Words.split("-T 'a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a quote (') is not closed");
    }
}
