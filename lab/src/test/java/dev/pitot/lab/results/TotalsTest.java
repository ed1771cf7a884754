package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.results.RunResult.Measurements;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Row SENT = ResultFixtures.total(5, true, 100);
    private static final Row RECEIVED = ResultFixtures.total(5, false, 90);

    @Test
    void theSumIsTakenWhereThereIsOne() {
        Row sum = ResultFixtures.total(null, true, 300);
        var measurements = new Measurements(
                List.of(SENT, ResultFixtures.total(7, true, 200), sum), List.of(), List.of(), Observations.NONE);

        assertThat(Totals.of(measurements).sender()).isEqualTo(sum);
    }

    @Test
    void theOnlyStreamIsTakenAsItIs() {
        var measurements =
                new Measurements(List.of(SENT, RECEIVED), List.of(SENT, RECEIVED), List.of(), Observations.NONE);

        assertThat(Totals.of(measurements)).isEqualTo(new Totals(SENT, RECEIVED));
    }

    @Test
    void streamsWithoutASumAreAdded() {
        Row one = ResultFixtures.with(SENT, new Row.Details(1L, 10L, 2L, 0L, 0.5));
        Row two = ResultFixtures.with(ResultFixtures.total(7, true, 200), new Row.Details(2L, 20L, 3L, null, 1.5));
        Row sum = Totals.of(new Measurements(List.of(one, two), List.of(), List.of(), Observations.NONE))
                .sender();

        assertThat(sum)
                .isEqualTo(new Row(
                        Row.Kind.TOTAL,
                        new Row.Series(null, true),
                        0,
                        2,
                        new Row.Amounts(RoundedValue.exact(300), RoundedValue.exact(1200)),
                        new Row.Details(3L, 30L, 5L, null, 1.0)));
    }

    @Test
    void anEndWithoutOutputIsToldByTheOther() {
        assertThat(Totals.of(new Measurements(List.of(SENT, RECEIVED), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(SENT, RECEIVED));
        assertThat(Totals.of(new Measurements(List.of(), List.of(SENT, RECEIVED), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(SENT, RECEIVED));
    }

    @Test
    void aRowThatDoesNotSayWhoseItIsBelongsToTheEndThatWroteIt() {
        Row unsaid = ResultFixtures.total(3, null, 80);

        assertThat(Totals.of(new Measurements(List.of(unsaid), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(unsaid, null));
    }

    @Test
    void ofATestBothWaysEachEndsOwnCountIsTaken() {
        Row told =
                new Row(RECEIVED.kind(), new Row.Series(5, false, false), 0, 2, RECEIVED.amounts(), RECEIVED.details());
        Row ownReceived = ResultFixtures.total(7, false, 50);
        Row toldSent = new Row(SENT.kind(), new Row.Series(7, true, false), 0, 2, SENT.amounts(), SENT.details());
        List<Row> ofClient = List.of(SENT, told, ownReceived, toldSent);
        List<Row> ofServer = List.of(ResultFixtures.total(5, false, 91), ResultFixtures.total(7, true, 60));

        Totals both = Totals.of(new Measurements(ofClient, ofServer, List.of(), Observations.NONE));

        assertThat(both).isEqualTo(new Totals(SENT, ResultFixtures.total(5, false, 91)));
        assertThat(Totals.of(new Measurements(ofClient, List.of(), List.of(), Observations.NONE))
                        .receiver())
                .isEqualTo(told);
    }

    @Test
    void intervalsAreNoTotals() {
        assertThat(Totals.of(new Measurements(
                        List.of(ResultFixtures.interval(5, 0, 1)), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(null, null));
    }
}
