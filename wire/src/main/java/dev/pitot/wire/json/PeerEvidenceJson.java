package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pitot.model.result.Evidence;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import dev.pitot.model.result.LossTiming;
import dev.pitot.model.result.RateSpread;
import dev.pitot.model.result.RoundTripStatistics;
import dev.pitot.model.result.TcpField;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writer of the member `pitot` of the results. The names of TCP_INFO's fields stand there once, and
/// each stream has an array of values in their order: 256 streams fit into the limit of results, 256
/// objects with the names would not.
final class PeerEvidenceJson {
    /// Key of the member in the results.
    static final String KEY = "pitot";

    /// Limit of the text: with iperf's 200 bytes for each of 256 streams it fits into a client's results
    /// ([dev.pitot.wire.control.ControlDecoder#MAX_CLIENT_RESULTS_BYTES]).
    static final int MAX_CHARACTERS = 192 * 1024;

    private PeerEvidenceJson() {}

    /// Writes the member, without the streams if they are too many for the limit.
    static void write(JsonGenerator json, PeerEvidence evidence) throws IOException {
        String text = text(evidence);
        if (text.length() > MAX_CHARACTERS) {
            text = text(new PeerEvidence(
                    List.of(),
                    evidence.loaded(),
                    evidence.losses(),
                    evidence.rates(),
                    evidence.drainedShare(),
                    evidence.host()));
        }
        json.writeFieldName(KEY);
        json.writeRawValue(text);
    }

    private static String text(PeerEvidence evidence) {
        return Json.write(json -> writeMembers(json, evidence));
    }

    private static void writeMembers(JsonGenerator json, PeerEvidence evidence) throws IOException {
        json.writeStartObject();
        List<TcpField> fields = knownFields(evidence);
        json.writeArrayFieldStart("tcp_fields");
        for (TcpField field : fields) {
            json.writeString(field.key());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("streams");
        for (PeerEvidence.OfStream stream : evidence.streams()) {
            writeStream(json, stream, fields);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("loaded");
        for (RoundTripStatistics statistics : evidence.loaded()) {
            writeStatistics(json, statistics);
        }
        json.writeEndArray();
        writeLosses(json, evidence.losses());
        writeRates(json, evidence.rates());
        if (evidence.drainedShare() != null) {
            writeNumber(json, "drained_share", evidence.drainedShare());
        }
        writeHost(json, evidence.host());
        json.writeEndObject();
    }

    private static List<TcpField> knownFields(PeerEvidence evidence) {
        return Arrays.stream(TcpField.values())
                .filter(field -> evidence.streams().stream()
                        .anyMatch(stream -> stream.end().tcp().get(field).isPresent()))
                .toList();
    }

    private static void writeStream(JsonGenerator json, PeerEvidence.OfStream stream, List<TcpField> fields)
            throws IOException {
        Evidence.EndOfStream end = stream.end();
        json.writeStartObject();
        json.writeNumberField("id", stream.id());
        if (!end.tcp().isEmpty()) {
            Map<TcpField, Long> values = end.tcp().toMap(TcpField.class);
            json.writeArrayFieldStart("tcp");
            for (TcpField field : fields) {
                Long value = values.get(field);
                if (value == null) {
                    json.writeNull();
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }
        Evidence.ThreadTimes thread = end.thread();
        if (thread != null) {
            json.writeNumberField("thread_running", thread.runningNanos());
            json.writeNumberField("thread_waiting", thread.waitingNanos());
            json.writeNumberField("thread_elapsed", thread.elapsedNanos());
        }
        if (end.socketDrops() != null) {
            json.writeNumberField("socket_drops", end.socketDrops());
        }
        json.writeEndObject();
    }

    private static void writeStatistics(JsonGenerator json, RoundTripStatistics statistics) throws IOException {
        RoundTripStatistics.Percentiles percentiles = statistics.percentiles();
        json.writeStartObject();
        json.writeStringField("method", statistics.method().key());
        json.writeNumberField("samples", statistics.samples());
        writeNumber(json, "min", statistics.minMicros());
        writeNumber(json, "mean", statistics.meanMicros());
        writeNumber(json, "p50", percentiles.p50());
        writeNumber(json, "p95", percentiles.p95());
        writeNumber(json, "p99", percentiles.p99());
        writeNumber(json, "max", statistics.maxMicros());
        json.writeEndObject();
    }

    private static void writeLosses(JsonGenerator json, @Nullable LossTiming losses) throws IOException {
        if (losses == null) {
            return;
        }
        json.writeObjectFieldStart("losses");
        json.writeNumberField("readings", losses.readings());
        json.writeNumberField("loss_readings", losses.lossReadings());
        json.writeNumberField("inflated_readings", losses.inflatedReadings());
        LossTiming.TokenBucket policer = losses.policer();
        if (policer != null) {
            writeNumber(json, "policer_rate", policer.bitsPerSecond());
            writeNumber(json, "policer_empty", policer.emptyShare());
            writeNumber(json, "policer_filled", policer.filledShare());
        }
        json.writeEndObject();
    }

    private static void writeRates(JsonGenerator json, @Nullable RateSpread rates) throws IOException {
        if (rates == null) {
            return;
        }
        json.writeObjectFieldStart("rates");
        json.writeNumberField("slices", rates.slices());
        writeNumber(json, "variation", rates.coefficientOfVariation());
        writeNumber(json, "ramp", rates.rampShare());
        json.writeEndObject();
    }

    private static void writeHost(JsonGenerator json, @Nullable KernelValues<HostCounter> host) throws IOException {
        if (host == null) {
            return;
        }
        json.writeObjectFieldStart("host");
        for (Map.Entry<HostCounter, Long> counter :
                host.toMap(HostCounter.class).entrySet()) {
            json.writeNumberField(counter.getKey().key(), counter.getValue());
        }
        json.writeEndObject();
    }

    private static void writeNumber(JsonGenerator json, String key, @Nullable Double value) throws IOException {
        if (value != null && Double.isFinite(value)) {
            json.writeFieldName(key);
            json.writeNumber(CJsonNumber.format(value));
        }
    }
}
