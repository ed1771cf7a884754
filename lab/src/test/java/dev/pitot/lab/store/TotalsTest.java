package dev.pitot.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Measured;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.store.RunResult.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class TotalsTest {
    private static final Row SENT = Samples.total(5, true, 100);
    private static final Row RECEIVED = Samples.total(5, false, 90);

    @Test
    void theSumIsTakenWhereThereIsOne() {
        Row sum = Samples.total(null, true, 300);
        var figures =
                new Figures(List.of(SENT, Samples.total(7, true, 200), sum), List.of(), List.of(), Observations.NONE);

        assertThat(Totals.of(figures).sender()).isEqualTo(sum);
    }

    @Test
    void theOnlyStreamIsTakenAsItIs() {
        var figures = new Figures(List.of(SENT, RECEIVED), List.of(SENT, RECEIVED), List.of(), Observations.NONE);

        assertThat(Totals.of(figures)).isEqualTo(new Totals(SENT, RECEIVED));
    }

    @Test
    void streamsWithoutASumAreAdded() {
        Row one = Samples.with(SENT, new Row.Details(1L, 10L, 2L, 0L, 0.5));
        Row two = Samples.with(Samples.total(7, true, 200), new Row.Details(2L, 20L, 3L, null, 1.5));
        Row sum = Totals.of(new Figures(List.of(one, two), List.of(), List.of(), Observations.NONE))
                .sender();

        assertThat(sum)
                .isEqualTo(new Row(
                        Row.Kind.TOTAL,
                        new Row.Series(null, true),
                        0,
                        2,
                        new Row.Amounts(Measured.exact(300), Measured.exact(1200)),
                        new Row.Details(3L, 30L, 5L, null, 1.0)));
    }

    @Test
    void anEndWithoutOutputIsToldByTheOther() {
        assertThat(Totals.of(new Figures(List.of(SENT, RECEIVED), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(SENT, RECEIVED));
        assertThat(Totals.of(new Figures(List.of(), List.of(SENT, RECEIVED), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(SENT, RECEIVED));
    }

    @Test
    void aRowThatDoesNotSayWhoseItIsBelongsToTheEndThatWroteIt() {
        Row unsaid = Samples.total(3, null, 80);

        assertThat(Totals.of(new Figures(List.of(unsaid), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(unsaid, null));
    }

    @Test
    void ofATestBothWaysEachEndsOwnCountIsTaken() {
        Row told =
                new Row(RECEIVED.kind(), new Row.Series(5, false, false), 0, 2, RECEIVED.amounts(), RECEIVED.details());
        Row ownReceived = Samples.total(7, false, 50);
        Row toldSent = new Row(SENT.kind(), new Row.Series(7, true, false), 0, 2, SENT.amounts(), SENT.details());
        List<Row> ofClient = List.of(SENT, told, ownReceived, toldSent);
        List<Row> ofServer = List.of(Samples.total(5, false, 91), Samples.total(7, true, 60));

        Totals both = Totals.of(new Figures(ofClient, ofServer, List.of(), Observations.NONE));

        assertThat(both).isEqualTo(new Totals(SENT, Samples.total(5, false, 91)));
        assertThat(Totals.of(new Figures(ofClient, List.of(), List.of(), Observations.NONE))
                        .receiver())
                .isEqualTo(told);
    }

    @Test
    void intervalsAreNoTotals() {
        assertThat(Totals.of(new Figures(List.of(Samples.interval(5, 0, 1)), List.of(), List.of(), Observations.NONE)))
                .isEqualTo(new Totals(null, null));
    }
}
