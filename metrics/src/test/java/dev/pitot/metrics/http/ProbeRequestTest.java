package dev.pitot.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestReport;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRequestTest {
    private static final ProbeOptions PROBE_OPTIONS = new ProbeOptions(
            (_, _, _, _) -> new Outcome(TestReport.EMPTY, new Ending.Completed()), Set.of("wan", "lan"), () -> 0);

    @Test
    void readsTargetAndProfile() {
        assertThat(ProbeRequest.parse("profile=wan&target=%5B2001%3Adb8%3A%3A1%5D%3A5300", PROBE_OPTIONS))
                .isEqualTo(new ProbeRequest(new ProbeTarget("2001:db8::1", 5300), "wan"));
    }

    @Test
    void theOnlyProfileNeedNotBeNamed() {
        var one = new ProbeOptions(PROBE_OPTIONS.prober(), Set.of("lan"), PROBE_OPTIONS.clock());

        assertThat(ProbeRequest.parse("target=a", one).profile()).isEqualTo("lan");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target=a&profile=moon | unknown profile: one of lan, wan",
                "target=a | profile is missing: one of lan, wan",
                "profile=lan | target is missing: use /probe?target=host:port&profile=name",
                "target=a&target=b&profile=lan | target is given twice",
                "target=a&profile=lan&time=10 | unknown parameter: use target and profile",
                "target=a:0&profile=lan | port of target not in 1..65535: 0",
                "target&profile=lan | target is not a host name or address",
            })
    void saysWhatIsWrong(String query, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbeRequest.parse(query, PROBE_OPTIONS))
                .withMessage(sentence);
    }

    @Test
    void refusesBrokenEscapesAndNoQuery() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeRequest.parse("target=%zz", PROBE_OPTIONS));
        assertThatIllegalArgumentException().isThrownBy(() -> ProbeRequest.parse(null, PROBE_OPTIONS));
    }

    @Test
    void refusesTargetsThatAreNotAllowed() {
        ProbeOptions careful = PROBE_OPTIONS.withTargets(target -> target.host().equals("lab"));

        assertThat(ProbeRequest.parse("target=lab&profile=lan", careful)
                        .target()
                        .host())
                .isEqualTo("lab");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbeRequest.parse("target=127.0.0.1&profile=lan", careful))
                .withMessageContaining("not allowed");
    }

    @ParameterizedTest
    @CsvSource({"10, 9500", "1.25, 750", "1, 500", "86400, 120000", "99999999999999999999, 120000"})
    void aDeadlineLeavesTimeForTheAnswerAndIsNeverLongerThanAllowed(String header, long millis) {
        assertThat(deadline(header)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void withoutATimeoutTheDeadlineIsThatOfPrometheusDefault() {
        assertThat(deadline(null)).isEqualTo(Duration.ofMillis(9_500));
        assertThat(ProbeRequest.deadline(null, Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    private static Duration deadline(@Nullable String header) {
        return ProbeRequest.deadline(header, PROBE_OPTIONS.longest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"soon", "", "NaN", "-1", "0", "Infinity", "0.99", "1e2", "0x10p1", "10d", " 10", "10.", ".5"})
    void aTimeoutIsANumberOfSeconds(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deadline(header))
                .withMessage("X-Prometheus-Scrape-Timeout-Seconds is not a number of seconds, 1 or more");
    }
}
