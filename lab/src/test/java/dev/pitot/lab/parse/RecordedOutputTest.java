package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Row.Kind;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedOutputTest {
    private static Stream<DynamicTest> each(Consumer<Recording> test) {
        return Recording.all().stream().map(file -> DynamicTest.dynamicTest(file.name(), () -> test.accept(file)));
    }

    @TestFactory
    Stream<DynamicTest> everyLineWithFiguresGivesOneRow() {
        return each(file ->
                assertThat(Recording.rows(Recording.events(file.name()))).hasSize(file.rows()));
    }

    @TestFactory
    Stream<DynamicTest> totalsOfStreamsAddUpToTheProgramsSum() {
        return each(file -> {
            List<Row> totals = Recording.rows(file.name(), Kind.TOTAL);
            totals.stream()
                    .filter(row -> row.series().stream() == null && row.series().isSender() != null)
                    .forEach(sum -> assertAddsUp(sum, totals));
        });
    }

    private static void assertAddsUp(Row sum, List<Row> totals) {
        List<Row> streams = totals.stream()
                .filter(row -> row.series().stream() != null
                        && row.series().isOwn() == sum.series().isOwn()
                        && Objects.equals(sum.series().isSender(), row.series().isSender()))
                .toList();
        double bytes = streams.stream()
                .mapToDouble(row -> row.amounts().bytes().value())
                .sum();
        double error = streams.stream()
                .mapToDouble(row -> row.amounts().bytes().error())
                .sum();
        if (!streams.isEmpty()) {
            assertThat(Math.abs(bytes - sum.amounts().bytes().value()))
                    .as("%s of %s", sum, streams)
                    .isLessThanOrEqualTo(error + sum.amounts().bytes().error());
        }
    }
}
