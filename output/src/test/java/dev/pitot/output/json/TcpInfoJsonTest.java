package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Interval;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.StreamInfo;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TcpField;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.time.Span;
import dev.pitot.output.Goldens;
import dev.pitot.output.ReportBudget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The kernel's TCP_INFO in documents: under Pitot's own key, and nowhere where iperf3 would have to read it.
class TcpInfoJsonTest {
    private static final StreamInfo STREAM =
            new StreamInfo(1, 5, StreamRole.RECEIVER, new Endpoint("a", 1), new Endpoint("b", 2));
    private static final KernelValues<TcpField> KERNEL = KernelValues.of(
            TcpField.class, Map.of(TcpField.MIN_RTT, 55L, TcpField.SND_WND, 0L, TcpField.PACING_RATE, 9_876_543_210L));
    private static final String OWN =
            "\"pitot\":{\"tcp_info\":{\"pacing_rate\":9876543210,\"min_rtt\":55,\"snd_wnd\":0}}";
    private static final long MEBIBYTE = 1024 * 1024;

    private final List<String> lines = new ArrayList<>();

    @Test
    void knownFieldsAreUnderTheOwnKeyAndUnknownOnesAreNot() {
        assertThat(written(interval(1, KERNEL))).contains(",\"sender\":false," + OWN + "}");
        assertThat(written(interval(1, null))).doesNotContain("pitot");
    }

    @Test
    void everyFieldIsNamedAsInTheKernel() {
        KernelValues.Builder<TcpField> all = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            all.put(field, 1);
        }

        JsonTree stream = JsonTree.of(written(interval(1, all.build())))
                .objects("streams")
                .getFirst();

        JsonTree info = stream.object("pitot").object("tcp_info");
        assertThat(info.members()).hasSize(TcpField.values().length);
        assertThat(info.integer("delivery_rate_app_limited")).isEqualTo(1);
    }

    private static String written(Interval interval) {
        CjsonWriter out = CjsonWriter.compact();
        IntervalJson.write(out, interval);
        return out.toString();
    }

    /// Of a recorded document only lines with the own key differ.
    @Test
    void iperfsKeysStayAsTheyWere() {
        JsonTree recorded = JsonTree.of(Goldens.read("get-server-output.server.json"));
        var documents = new ArrayList<String>();
        var reporter = new JsonReporter(TestRole.SERVER, Goldens.PROGRAM, documents::add, lines::add);

        new RecordedTest(recorded, TestRole.SERVER)
                .events().stream().map(TcpInfoJsonTest::withKernel).forEach(reporter::onEvent);

        String document = documents.getFirst();
        assertThat(document).contains(OWN.replace(":{\"tcp", ":\t{\"tcp"));
        assertThat(document.replaceAll(",\n\t*\"pitot\":\t[^\n]*", "")).isEqualTo(recorded.text() + "\n");
    }

    @Test
    void aServersOutputForItsClientHasNone() {
        var recorded = new RecordedTest(JsonTree.of(Goldens.read("get-server-output.server.json")), TestRole.SERVER);
        var reporter = new JsonReporter(TestRole.SERVER, Goldens.PROGRAM, lines::add, lines::add);
        recorded.events().stream()
                .filter(event -> !(event instanceof TestEvent.Finished))
                .map(TcpInfoJsonTest::withKernel)
                .forEach(reporter::onEvent);

        assertThat(reporter.serverOutput())
                .isInstanceOfSatisfying(
                        ServerOutput.Json.class,
                        json -> assertThat(json.document()).doesNotContain("tcp_info"));
    }

    @Test
    void aStreamOfJsonHasThemToo() {
        var reporter = new JsonStreamReporter(TestRole.CLIENT, Goldens.PROGRAM, lines::add, lines::add);

        reporter.onEvent(new TestEvent.IntervalDone(interval(1, KERNEL)));

        assertThat(lines).singleElement().asString().contains(OWN);
    }

    private static TestEvent withKernel(TestEvent event) {
        if (!(event instanceof TestEvent.IntervalDone(Interval interval))) {
            return event;
        }
        List<Interval.OfStream> parts = interval.streams().stream()
                .map(part -> new Interval.OfStream(
                        part.stream(), part.span(), part.bytes(), part.tcp(), part.datagrams(), KERNEL))
                .toList();
        return new TestEvent.IntervalDone(new Interval(parts, interval.sums(), interval.omitted()));
    }

    @Test
    void whereMemoryIsShortTheyGoBeforeTheIntervals() {
        var budget = ReportBudget.ofOneTest(MEBIBYTE);
        var buffer = new IntervalBuffer(budget);
        for (int i = 0; i < 2_000; i++) { // 400 bytes each, and 700 for the kernel's values
            buffer.add(interval(1, KERNEL));
        }

        JsonTree document = document(buffer);

        List<JsonTree> intervals = document.objects("intervals");
        long without = document.integer("tcp_info_left_out");
        assertThat(intervals).hasSize(2_000);
        assertThat(document.has("intervals_left_out")).isFalse();
        assertThat(without).isBetween(1L, 1_999L);
        for (int i = 0; i < intervals.size(); i++) {
            JsonTree stream = intervals.get(i).objects("streams").getFirst();
            assertThat(stream.has("pitot")).isEqualTo(i >= without);
        }
        buffer.warnOfDropped(lines::add);
        assertThat(lines).containsExactly("warning: the first " + without + " intervals are without tcp_info");
        buffer.release();
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void asManyIntervalsAreKeptAsWithoutThem() {
        var with = new IntervalBuffer(ReportBudget.ofOneTest(MEBIBYTE));
        var without = new IntervalBuffer(ReportBudget.ofOneTest(MEBIBYTE));
        for (int i = 0; i < 5_000; i++) {
            with.add(interval(3, KERNEL));
            without.add(interval(3, null));
        }

        assertThat(document(with).objects("intervals"))
                .hasSameSizeAs(document(without).objects("intervals"));
    }

    /// A document's text is at most twice as large as what was reserved for its data.
    @Test
    void theTextFitsIntoWhatWasReserved() {
        KernelValues.Builder<TcpField> all = KernelValues.builder(TcpField.class);
        for (TcpField field : TcpField.values()) {
            all.put(field, field.bits() > 32 && field.isCounter() ? 10_000_000_000L : field.bits() > 16 ? 100_000 : 1);
        }
        var budget = ReportBudget.ofOneTest(MEBIBYTE);
        var buffer = new IntervalBuffer(budget);
        for (int i = 0; i < 100; i++) {
            buffer.add(interval(4, all.build()));
        }

        CjsonWriter out = CjsonWriter.pretty().beginObject();
        buffer.writeTo(out);

        assertThat((long) out.toString().length()).isLessThanOrEqualTo(2 * budget.takenBytes());
    }

    private static JsonTree document(IntervalBuffer buffer) {
        CjsonWriter out = CjsonWriter.compact().beginObject();
        buffer.writeTo(out);
        return JsonTree.of(out.endObject().toString());
    }

    private static Interval interval(int parts, @Nullable KernelValues<TcpField> kernel) {
        var part = new Interval.OfStream(STREAM, Span.until(1), 0, null, null, kernel);
        return new Interval(Collections.nCopies(parts, part), List.of(), false);
    }
}
