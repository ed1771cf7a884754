package dev.pitot.lab.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.parse.Row.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One test whose two ends wrote different formats: what the text says must be the JSON's or
/// CSV's figure, rounded.
class FormatAgreementTest {
    /// Text and exact output of the same test.
    static Stream<List<String>> pairs() {
        List<List<String>> pairs = new ArrayList<>();
        for (String name : List.of("tcp", "tcp-P4", "tcp-bidir-P2", "udp", "udp-lost", "udp-lost-R")) {
            String both = "iperf3-3.12/both-" + name;
            pairs.add(List.of(both + ".textclient.client.txt", both + ".textclient.server.json"));
            pairs.add(List.of(both + ".jsonclient.server.txt", both + ".jsonclient.client.json"));
        }
        for (String name : List.of("tcp-bidir", "udp-P2")) {
            pairs.add(List.of("pitot/" + name + ".textclient.client.txt", "pitot/" + name + ".textclient.server.json"));
        }
        return pairs.stream();
    }

    /// Both programs know what each end counted in all: the exact end's own totals are in the
    /// other's text, or in its own count where it is not repeated.
    @ParameterizedTest
    @MethodSource("pairs")
    void totalsOfTheTextAreTheExactOnesRounded(List<String> pair) {
        List<Row> text = totals(pair.get(0));
        List<Row> exact = totals(pair.get(1));

        List<Row> compared = new ArrayList<>();
        for (Row row : text) {
            exact.stream()
                    .filter(other -> other.series().stream() == null
                            && row.series().stream() == null
                            && Objects.equals(
                                    other.series().isSender(), row.series().isSender())
                            && other.series().isOwn() != row.series().isOwn())
                    .forEach(other -> {
                        assertWithin(row, other);
                        compared.add(row);
                    });
        }
        assertThat(compared).as("compared rows of %s and %s", text, exact).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"both-udp-lost", "both-udp-lost-P2"})
    void iperf2sServerReportIsTheServersCsvRounded(String name) {
        List<Row> reports = totals("iperf2-2.1.8/" + name + ".client.txt").stream()
                .filter(row -> !row.series().isOwn())
                .toList();
        List<Row> exact = totals("iperf2-2.1.8/" + name + ".server.csv");

        assertThat(reports)
                .isNotEmpty()
                .allSatisfy(report -> assertThat(exact).anySatisfy(row -> {
                    assertThat(Math.abs(row.amounts().bytes().value()
                                    - report.amounts().bytes().value()))
                            .isLessThanOrEqualTo(report.amounts().bytes().error());
                    assertThat(row.details().lost()).isEqualTo(report.details().lost());
                    assertThat(row.details().datagrams())
                            .isEqualTo(report.details().datagrams());
                }));
    }

    @Test
    void iperf2sTcpClientAndServerAgreeOnTheTotal() {
        Row text = totals("iperf2-2.1.8/both-tcp.client.txt").getFirst();
        Row exact = totals("iperf2-2.1.8/both-tcp.server.csv").getFirst();

        assertThat(Math.abs(
                        exact.amounts().bytes().value() - text.amounts().bytes().value()))
                .isLessThanOrEqualTo(text.amounts().bytes().error());
    }

    /// The totals, where of a single stream no sum is printed: then the stream's is it.
    private static List<Row> totals(String name) {
        List<Row> totals = Recording.rows(name, Kind.TOTAL);
        boolean hasSum = totals.stream().anyMatch(row -> row.series().stream() == null);
        return hasSum || name.startsWith("iperf2")
                ? totals
                : totals.stream()
                        .map(row -> new Row(
                                row.kind(),
                                new Row.Series(
                                        null,
                                        row.series().isSender(),
                                        row.series().isOwn()),
                                row.startSeconds(),
                                row.endSeconds(),
                                row.amounts(),
                                row.details()))
                        .toList();
    }

    private static void assertWithin(Row text, Row exact) {
        assertThat(Math.abs(
                        text.amounts().bytes().value() - exact.amounts().bytes().value()))
                .as("bytes of %s and %s", text, exact)
                .isLessThanOrEqualTo(text.amounts().bytes().error() * 1.000001);
        Long lost = text.details().lost();
        if (lost != null
                && exact.details().lost() != null
                && Boolean.FALSE.equals(text.series().isSender())) {
            assertThat(exact.details().lost()).isEqualTo(lost);
        }
    }
}
