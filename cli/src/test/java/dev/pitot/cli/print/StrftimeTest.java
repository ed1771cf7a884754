package dev.pitot.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrftimeTest {
    private static final ZonedDateTime EVENING = ZonedDateTime.of(2026, 1, 4, 20, 5, 9, 0, ZoneId.of("Europe/Berlin"));

    /// The right column is the output of GNU date (coreutils 9.1) with LC_ALL=C and TZ=Europe/Berlin.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    "%c "             | "Sun Jan  4 20:05:09 2026 "
                    %Y-%m-%dT%H:%M:%S | 2026-01-04T20:05:09
                    %F %T             | 2026-01-04 20:05:09
                    %D %x %X %R       | 01/04/26 01/04/26 20:05:09 20:05
                    %r                | 08:05:09 PM
                    %a %A %b %h %B    | Sun Sunday Jan Jan January
                    %e,%k,%l,%I,%j    | " 4,20, 8,08,004"
                    %p %P             | PM pm
                    %C %y %G %g       | 20 26 2026 26
                    %u %w %U %W %V    | 7 0 01 00 01
                    %s                | 1767553509
                    %z %Z             | +0100 CET
                    100%% %Ey %Od     | 100% 26 04
                    """)
    void formatsLikeTheSystem(String format, String text) {
        assertThat(new Strftime(format).format(EVENING)).isEqualTo(text);
    }

    @Test
    void midnightAndNoonAreTwelve() {
        var format = new Strftime("%I%p");

        assertThat(format.format(EVENING.withHour(0))).isEqualTo("12AM");
        assertThat(format.format(EVENING.withHour(12))).isEqualTo("12PM");
    }

    @Test
    void lineEndsAndTabsAreWritten() {
        assertThat(new Strftime("%n%t").format(EVENING)).isEqualTo("\n\t");
    }

    @Test
    void whatNobodyKnowsIsCopied() {
        assertThat(new Strftime("%Q 5%").format(EVENING)).isEqualTo("%Q 5%");
    }
}
