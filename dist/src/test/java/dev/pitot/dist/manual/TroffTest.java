package dev.pitot.dist.manual;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroffTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "it's `x` ^ ~ | it\\(aqs \\(gax\\(ga \\(ha \\(ti",
                "a\\nb         | a\\enb",
                "one-way       | one-way",
                "1 … 5         | 1 \\[u2026] 5"
            })
    void escapesWhatMeansSomethingElse(String text, String troff) {
        assertThat(Troff.text(text)).isEqualTo(troff);
    }

    @Test
    void aLineIsNeverARequest() {
        assertThat(Troff.line(Troff.text(".so /etc/passwd"))).isEqualTo("\\&.so /etc/passwd");
        assertThat(Troff.line(Troff.text("'quoted' and 'more'"))).startsWith("\\(aq");
        assertThat(Troff.argument("say \"so\"")).isEqualTo("\"say \\(dqso\\(dq\"");
    }

    @Test
    void whatIsTypedHasMinusSignsAndIsNotHyphenated() {
        assertThat(Troff.bold("pitot lab run --only")).isEqualTo("\\fB\\%pitot \\%lab \\%run \\%\\-\\-only\\fR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "with -t, --json: and 1-4        | with \\fB\\%\\-t\\fR, \\fB\\%\\-\\-json\\fR: and 1-4",
                "bind to <host> after # seconds  | bind to \\fI\\%host\\fR after \\fI\\%n\\fR seconds",
                "the name (see --push.url).      | the name (see \\fB\\%\\-\\-push.url\\fR)."
            })
    void helpShowsOptionsInBoldAndWordsToReplaceInItalic(String help, String troff) {
        assertThat(Troff.help(help)).isEqualTo(troff);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "      #| \\fI\\%n\\fR",
                " #[KMG][/#]| \\fI\\%n\\fR[KMG][/\\fI\\%n\\fR]",
                "   [kmgtKMGT]| [kmgtKMGT]",
                " <host>[%<dev>]| \\fI\\%host\\fR[%\\fI\\%dev\\fR]",
                "<=format>|[=\\fI\\%format\\fR]",
                "[=#]|[=\\fI\\%n\\fR]",
                " N| \\fI\\%n\\fR"
            })
    void valuesAreItalicAndSuffixesAreNot(String label, String troff) {
        assertThat(Troff.label(label)).isEqualTo(troff);
    }

    @Test
    void choicesAreShownAsTheyAre() {
        assertThat(Troff.label(" linux|portable")).isEqualTo(" linux|portable");
    }

    @Test
    void readsTheMarkdownOfALine() {
        assertThat(Troff.markdown("**Run** `pitot -s` on *host*, see [tests](#tests) and `a*b`"))
                .isEqualTo("\\fBRun\\fR \\fB\\%pitot \\%\\-s\\fR on \\fI\\%host\\fR, see tests and \\fB\\%a*b\\fR");
    }
}
