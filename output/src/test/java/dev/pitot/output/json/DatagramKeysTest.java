package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Datagrams;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.Goldens;
import dev.pitot.output.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// UDP keys that no golden file covers.
class DatagramKeysTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void duplicatesHaveAKeyOfTheirOwnBehindOutOfOrder() {
        report(new Datagrams.Reception(1L, 3, 2, 0.001));

        assertThat(lines.getLast())
                .contains("\"jitter_ms\":1,\"lost_packets\":1,\"packets\":10,\"lost_percent\":10,\"out_of_order\":3,"
                        + "\"duplicates\":2,\"sender\":true}");
    }

    @Test
    void withoutDuplicatesThereIsNoSuchKey() {
        report(new Datagrams.Reception(0L, 3, 0, 0));

        assertThat(lines.getLast())
                .contains("\"out_of_order\":3,\"sender\":true}")
                .doesNotContain("duplicates");
    }

    @Test
    void aLossThatTheOtherEndCannotTellIsNull() {
        report(new Datagrams.Reception(null, 0, 0, 0));

        assertThat(lines.getLast())
                .contains("\"lost_packets\":null,\"packets\":10,\"lost_percent\":null,\"out_of_order\":0")
                .contains("\"lost_packets\":null,\"packets\":10,\"lost_percent\":null,\"sender\":false}");
        assertThat(PeerJson.parse(lines.getLast())).isNotNull();
    }

    @Test
    void aLossIsNeitherNegativeNorMoreThanAll() {
        JsonStreamReporter reporter = opened(TestRole.SERVER);

        reporter.onEvent(Samples.interval(0, new Datagrams.Reception(-4L, 0, 0, 0)));
        reporter.onEvent(Samples.interval(1, new Datagrams.Reception(40L, 0, 0, 0)));

        assertThat(lines.get(1)).contains("\"lost_packets\":0,\"packets\":10,\"lost_percent\":0,");
        assertThat(lines.get(2)).contains("\"lost_packets\":40,\"packets\":10,\"lost_percent\":100,");
    }

    @Test
    void aNumberThatIsNoneIsNull() {
        report(new Datagrams.Reception(0L, 0, 0, Double.NaN));

        assertThat(lines.getLast()).contains("\"jitter_ms\":null,").doesNotContain("NaN");
        assertThat(PeerJson.parse(lines.getLast())).isNotNull();
    }

    private void report(Datagrams.Reception reception) {
        JsonStreamReporter reporter = opened(TestRole.CLIENT);
        Samples.closing(List.of(Samples.total(Samples.SENDING, Samples.sent(), Samples.received(reception))))
                .forEach(reporter::onEvent);
    }

    private JsonStreamReporter opened(TestRole role) {
        var reporter = new JsonStreamReporter(role, Goldens.PROGRAM, lines::add, lines::add);
        for (TestEvent event : Samples.opening(role, Protocol.UDP, List.of(Samples.SENDING))) {
            reporter.onEvent(event);
        }
        return reporter;
    }
}
