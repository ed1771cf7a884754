package dev.pitot.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.run.TestOutcome.Failure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What reports say of failures.
final class FailuresTest {
    private static Row total(@Nullable Integer stream) {
        return new Row(
                Row.Kind.TOTAL,
                new Row.Series(stream, null),
                0,
                1,
                new Row.Amounts(Measured.exact(1), Measured.exact(8)),
                Row.Details.NONE);
    }

    private static CommandReport report(List<Row> totals) {
        return new CommandReport(new CommandReport.Ending.Exited(0), Duration.ofSeconds(1), totals, List.of(), null);
    }

    @Test
    void aServerThatOthersUsedIsNoMeasurement() {
        CommandReport server = report(List.of(total(1), total(2), total(3), total(null)));

        assertThat(Failures.ofStrangers(server, 3)).isNull();
        assertThat(Failures.ofStrangers(server, 2))
                .isEqualTo(Failure.of("others used the server too: it saw 3 streams, and the test has 2; its figures"
                        + " are theirs as well"));
    }
}
