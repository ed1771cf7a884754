package dev.pitot.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.TestEventFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpInfoLinesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theKernelsValuesHaveItsNamesAndUnits() throws Exception {
        var test = new TestEventFixture(TestRole.SERVER, StreamRole.RECEIVER, Protocol.TCP);
        List<TestEvent> events = new ArrayList<>(test.opening());
        KernelValues.Builder<TcpField> all = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            all.put(field, 7);
        }
        events.add(test.sampled(1, null, all.build()));
        events.add(test.sampled(1, null, all.put(TcpField.BYTES_RECEIVED, 107).build()));
        var few = KernelValues.of(TcpField.class, Map.of(TcpField.BYTES_RECEIVED, 207L, TcpField.RCV_RTT, 55L));
        events.add(test.sampled(1, null, few));

        List<String> lines =
                JsonLinesFileTest.written(folder, new JsonLinesOptions(FileOptions.TRUNCATE, null, true), events);

        assertThat(JsonValues.object(lines.get(1)).get("tcp_info"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(TcpField.values().length);
        assertThat(lines.get(2)).contains("\"bytes_received\":100,");
        assertThat(lines.get(3))
                .contains(",\"tcp_info\":{\"rcv_rtt\":55,\"bytes_received\":100},\"streams\":[")
                .endsWith(",\"tcp_info\":{\"rcv_rtt\":55,\"bytes_received\":100}}]}");
    }

    @Test
    void aWindowHasThemToo() throws Exception {
        var test = new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP);
        List<TestEvent> events = new ArrayList<>(test.opening());
        for (long i = 1; i <= 2; i++) {
            var values = KernelValues.of(TcpField.class, Map.of(TcpField.BYTES_SENT, 100 * i, TcpField.RTT, 10 * i));
            events.add(test.sampled(1, null, values));
        }
        events.addAll(test.closing(new Ending.Completed(), null, null));

        List<String> lines = JsonLinesFileTest.written(
                folder, new JsonLinesOptions(FileOptions.TRUNCATE, Duration.ofSeconds(2), false), events);

        assertThat(lines.get(1)).endsWith(",\"tcp_info\":{\"rtt\":15,\"bytes_sent\":200}}");
    }
}
