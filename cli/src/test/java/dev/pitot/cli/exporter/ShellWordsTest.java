package dev.pitot.cli.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void blanksPartWords() {
        assertThat(ShellWords.split("  -u -b\t10M ")).containsExactly("-u", "-b", "10M");
        assertThat(ShellWords.split("")).isEmpty();
    }

    @Test
    void quotesKeepBlanksAndTheOtherQuote() {
        assertThat(ShellWords.split("-T 'a \"b\" c' --title=\"it's\" ''"))
                .containsExactly("-T", "a \"b\" c", "--title=it's", "");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(ShellWords.split("$HOME *.pem C:\\keys '`id`'"))
                .containsExactly("$HOME", "*.pem", "C:\\keys", "`id`");
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> ShellWords.split("-T 'a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a quote (') is not closed");
    }
}
