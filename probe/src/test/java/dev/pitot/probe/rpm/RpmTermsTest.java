package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmTermsTest {
    private static RpmTerms terms(
            @Nullable Double tcp, @Nullable Double tls, @Nullable Double http, @Nullable Double self) {
        return new RpmTerms(tcp, tls, http, self, new RpmTerms.Counts(1, 1));
    }

    /// Foreign and self round trips, and what revision 09 makes of them; tools of revision 03 print 1500, 545 and 118.
    @ParameterizedTest
    @CsvSource({"20, 60, 2000", "20, 200, 1650", "20, 1000, 1530"})
    void theScoreIsTheMeanOfRatesNotOfTimes(double foreign, double self, double rpm) {
        assertThat(terms(foreign, foreign, foreign, self).rpm()).isCloseTo(rpm, within(1e-9));
    }

    @Test
    void eachPhaseOfAConnectionHasTheSameWeight() {
        RpmTerms terms = terms(10.0, 30.0, 20.0, 40.0);

        assertThat(terms.foreignMillis()).isEqualTo(20);
        assertThat(terms.foreign()).isEqualTo(3000);
        assertThat(terms.loaded()).isEqualTo(1500);
        assertThat(terms.rpm()).isEqualTo(2250);
    }

    @Test
    void withoutTlsTheTermIsAbsentNotZero() {
        RpmTerms terms = terms(10.0, null, 30.0, 20.0);

        assertThat(terms.foreignMillis()).isEqualTo(20);
        assertThat(terms.rpm()).isEqualTo(3000);
    }

    @Test
    void oneComponentAloneIsNoScore() {
        assertThat(terms(10.0, 10.0, 10.0, null).rpm()).isNull();
        assertThat(terms(null, null, null, 10.0).rpm()).isNull();
        assertThat(terms(10.0, 10.0, 10.0, null).foreign()).isEqualTo(6000);
    }

    @ParameterizedTest
    @CsvSource({"299.9, POOR", "300, FAIR", "999.9, FAIR", "1000, GOOD", "6000, GOOD", "6000.1, EXCELLENT"})
    void aCategoryHasTheLimitsOfTheDraft(double rpm, RpmCategory category) {
        assertThat(RpmCategory.of(rpm)).isEqualTo(category);
    }
}
