package dev.pitot.lab.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.TestOutcome.Failure;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureMessagesTest {
    private static final ProgramError TAKEN =
            new ProgramError(ErrorKind.ADDRESS_IN_USE, "bind failed: Address already in use");
    private static final Row TOTAL = new Row(
            Row.Kind.TOTAL,
            new Row.Series(null, false, true),
            0,
            1,
            new Row.Amounts(RoundedValue.exact(125_000), RoundedValue.exact(1_000_000)),
            Row.Details.NONE);

    private final NodeHandle device = LocalNodes.device("tate");

    @AfterEach
    void close() {
        device.close();
    }

    private static CommandReport report(List<Row> totals, ProgramError... complaints) {
        return new CommandReport(new Ending.Exited(1), Duration.ofSeconds(1), 0, totals, List.of(complaints), null);
    }

    @Test
    void aStrangersServerAtThePortIsNoServerOfTheTest() {
        assertThat(FailureMessages.ofServerAfterwards(device, report(List.of(), TAKEN)))
                .isEqualTo(new Failure(
                        false,
                        ErrorKind.ADDRESS_IN_USE,
                        "another server has the port (bind failed: Address already in use): end it, then run again"));
    }

    @Test
    void aWarningOfAServerThatMeasuredIsNoFailure() {
        assertThat(FailureMessages.ofServerAfterwards(device, report(List.of(TOTAL), TAKEN)))
                .isNull();
    }

    @Test
    void aServerThatCountedNothingMakesNoTest() {
        assertThat(FailureMessages.ofServerAfterwards(device, report(List.of())))
                .isEqualTo(Failure.of("the client finished, but the server received nothing: is the test network"
                        + " open for this traffic? Look at the server's output"));
    }

    private static Row total(@Nullable Integer stream) {
        return new Row(
                Row.Kind.TOTAL,
                new Row.Series(stream, null),
                0,
                1,
                new Row.Amounts(RoundedValue.exact(1), RoundedValue.exact(8)),
                Row.Details.NONE);
    }

    @Test
    void aServerThatOthersUsedIsNoMeasurement() {
        CommandReport server = report(List.of(total(1), total(2), total(3), total(null)));

        assertThat(FailureMessages.ofForeignProcesses(server, 3)).isNull();
        assertThat(FailureMessages.ofForeignProcesses(server, 2))
                .isEqualTo(Failure.of("others used the server too: it saw 3 streams, and the test has 2; its figures"
                        + " are theirs as well"));
    }
}
