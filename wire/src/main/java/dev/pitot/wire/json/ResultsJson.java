package dev.pitot.wire.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.ServerOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Results exchanged by both ends (iperf 3.21, iperf_api.c: send_results, get_results).
public final class ResultsJson {
    private static final Set<String> KEYS = Set.of(
            "cpu_util_total",
            "cpu_util_user",
            "cpu_util_system",
            "sender_has_retransmits",
            "congestion_used",
            "server_output_json",
            "server_output_text",
            "streams",
            PeerEvidenceJson.KEY);

    /// Limit of counts that are summed over streams: the sum over the maximum number of streams
    /// does not overflow.
    private static final long MAX_COUNT = Long.MAX_VALUE / TestResults.MAX_STREAMS;

    /// Limit of datagram counts, positive or negative, from which those of the warm-up are
    /// subtracted.
    private static final long MAX_DATAGRAMS = MAX_COUNT / 2;

    /// Ten years: a test may be endless, but its duration is bounded.
    private static final double MAX_SECONDS = 10 * 365 * 86_400.0;

    /// Ten thousand cores.
    private static final double MAX_PERCENT = 1e6;

    private ResultsJson() {}

    /// Writes results with iperf's keys in iperf's order, and numbers in cJSON's format; then Pitot's
    /// own, if the results contain evidence.
    ///
    /// @throws IllegalArgumentException if the server's output is declared as JSON but is not a
    ///     JSON object
    public static String write(TestResults results) {
        return Json.write(json -> {
            json.writeStartObject();
            writeNumber(json, "cpu_util_total", results.cpu().total());
            writeNumber(json, "cpu_util_user", results.cpu().user());
            writeNumber(json, "cpu_util_system", results.cpu().system());
            json.writeNumberField(
                    "sender_has_retransmits", results.senderRetransmits().wireNumber());
            if (results.congestion() != null) {
                json.writeStringField("congestion_used", results.congestion());
            }
            writeServerOutput(json, results.serverOutput());
            json.writeArrayFieldStart("streams");
            for (TestResults.OfStream stream : results.streams()) {
                writeStream(json, stream);
            }
            json.writeEndArray();
            if (results.evidence() != null) {
                PeerEvidenceJson.write(json, results.evidence());
            }
            json.writeEndObject();
        });
    }

    private static void writeServerOutput(JsonGenerator json, @Nullable ServerOutput output) throws IOException {
        switch (output) {
            case null -> {}
            case ServerOutput.Text(String lines) -> json.writeStringField("server_output_text", lines);
            case ServerOutput.Json(String document) -> {
                json.writeFieldName("server_output_json");
                json.writeRawValue(compactObject(document));
            }
        }
    }

    private static String compactObject(String document) {
        try (JsonParser json = Json.parser(document)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                return CompactCopy.of(json);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the server's output is not JSON", e);
        }
        throw new IllegalArgumentException("the server's output is not a JSON object");
    }

    private static void writeStream(JsonGenerator json, TestResults.OfStream stream) throws IOException {
        TestResults.Datagrams datagrams = stream.datagrams();
        TestResults.OmittedCounts omitted = datagrams.omitted();
        json.writeStartObject();
        json.writeNumberField("id", stream.id());
        json.writeNumberField("bytes", stream.bytes());
        json.writeNumberField("retransmits", stream.retransmits() == null ? -1 : stream.retransmits());
        writeNumber(json, "jitter", datagrams.jitterSeconds());
        json.writeNumberField("errors", datagrams.errors());
        if (omitted != null) {
            json.writeNumberField("omitted_errors", omitted.errors());
        }
        json.writeNumberField("packets", datagrams.packets());
        if (omitted != null) {
            json.writeNumberField("omitted_packets", omitted.packets());
        }
        if (stream.seconds() != null) {
            json.writeNumberField("start_time", 0); // relative to the end of the warm-up, as in iperf
            writeNumber(json, "end_time", stream.seconds());
        }
        json.writeEndObject();
    }

    private static void writeNumber(JsonGenerator json, String key, double value) throws IOException {
        json.writeFieldName(key);
        json.writeNumber(CJsonNumber.format(value));
    }

    /// Reads the other end's results.
    ///
    /// @throws MalformedResultsException if the text is not JSON, a required key is missing or a
    ///     number is out of range; evidence that is malformed is only absent
    public static TestResults read(String json) throws MalformedResultsException {
        var structures = new Structures();
        JsonObjectReader jsonObjectReader;
        try {
            jsonObjectReader = JsonObjectReader.ofDocument(json, KEYS, structures);
        } catch (MalformedResultsException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedResultsException(e);
        }
        var cpu = new CpuUsage(
                percent(jsonObjectReader, "cpu_util_total"),
                percent(jsonObjectReader, "cpu_util_user"),
                percent(jsonObjectReader, "cpu_util_system"));
        return new TestResults(
                cpu,
                SenderRetransmits.ofWireNumber(requiredCount(jsonObjectReader, "sender_has_retransmits")),
                jsonObjectReader.text("congestion_used"),
                structures.serverOutput(jsonObjectReader.text("server_output_text")),
                structures.streams(),
                structures.evidence);
    }

    /// CPU share in percent of one core. May be slightly negative, because the clocks involved
    /// differ.
    private static double percent(JsonObjectReader jsonObjectReader, String key) throws MalformedResultsException {
        double value = required(jsonObjectReader, key);
        if (Math.abs(value) > MAX_PERCENT) {
            throw new MalformedResultsException(key + " out of range: " + value);
        }
        return value;
    }

    private static double required(JsonObjectReader jsonObjectReader, String key) throws MalformedResultsException {
        Double value = jsonObjectReader.number(key);
        if (value == null) {
            throw new MalformedResultsException("missing or not a number: " + key);
        }
        return value;
    }

    private static long requiredCount(JsonObjectReader jsonObjectReader, String key) throws MalformedResultsException {
        Long value = jsonObjectReader.count(key);
        if (value == null) {
            throw new MalformedResultsException("missing or not a number: " + key);
        }
        return value;
    }

    /// Collects the parts of results that are arrays or objects.
    private static final class Structures implements JsonObjectReader.Structures {
        private @Nullable List<TestResults.OfStream> streams;
        private ServerOutput.@Nullable Json output;
        private @Nullable PeerEvidence evidence;

        @Override
        public void read(String key, JsonParser json) throws IOException {
            if (key.equals("streams") && json.currentToken() == JsonToken.START_ARRAY) {
                streams = streams(json);
            } else if (key.equals("server_output_json") && json.currentToken() == JsonToken.START_OBJECT) {
                output = new ServerOutput.Json(CompactCopy.of(json));
            } else if (key.equals(PeerEvidenceJson.KEY) && json.currentToken() == JsonToken.START_OBJECT) {
                evidence = PeerEvidenceReader.read(json);
            } else {
                json.skipChildren();
            }
        }

        private static List<TestResults.OfStream> streams(JsonParser json) throws IOException {
            var streams = new ArrayList<TestResults.OfStream>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new MalformedResultsException("a stream is not an object");
                }
                if (streams.size() == TestResults.MAX_STREAMS) {
                    throw new MalformedResultsException("more than " + TestResults.MAX_STREAMS + " streams");
                }
                streams.add(StreamMembers.read(json));
            }
            return streams;
        }

        private List<TestResults.OfStream> streams() throws MalformedResultsException {
            if (streams == null) {
                throw new MalformedResultsException("missing or not an array: streams");
            }
            return streams;
        }

        private @Nullable ServerOutput serverOutput(@Nullable String text) {
            if (output != null) {
                return output;
            }
            return text == null ? null : new ServerOutput.Text(text);
        }
    }

    /// One element of the `streams` array.
    private static final class StreamMembers {
        private static final Set<String> KEYS = Set.of(
                "id",
                "bytes",
                "retransmits",
                "jitter",
                "errors",
                "omitted_errors",
                "packets",
                "omitted_packets",
                "start_time",
                "end_time");

        private static TestResults.OfStream read(JsonParser json) throws IOException {
            JsonObjectReader jsonObjectReader = JsonObjectReader.ofObject(json, KEYS, JsonObjectReader.Structures.SKIP);
            long bytes = bounded("bytes", requiredCount(jsonObjectReader, "bytes"), MAX_COUNT);
            if (bytes < 0) {
                throw new MalformedResultsException("bytes < 0: " + bytes);
            }
            long retransmits = bounded("retransmits", requiredCount(jsonObjectReader, "retransmits"), MAX_COUNT);
            return new TestResults.OfStream(
                    Math.clamp(requiredCount(jsonObjectReader, "id"), Integer.MIN_VALUE, Integer.MAX_VALUE),
                    bytes,
                    retransmits < 0 ? null : retransmits,
                    datagrams(jsonObjectReader),
                    seconds(jsonObjectReader));
        }

        private static TestResults.Datagrams datagrams(JsonObjectReader jsonObjectReader)
                throws MalformedResultsException {
            double jitter = required(jsonObjectReader, "jitter");
            if (jitter < 0 || jitter > MAX_SECONDS) {
                throw new MalformedResultsException("jitter out of range: " + jitter);
            }
            return new TestResults.Datagrams(
                    jitter,
                    bounded("errors", requiredCount(jsonObjectReader, "errors"), MAX_DATAGRAMS),
                    bounded("packets", requiredCount(jsonObjectReader, "packets"), MAX_DATAGRAMS),
                    omitted(jsonObjectReader.count("omitted_errors"), jsonObjectReader.count("omitted_packets")));
        }

        private static long bounded(String key, long count, long max) throws MalformedResultsException {
            if (count < -max || count > max) {
                throw new MalformedResultsException(key + " out of range: " + count);
            }
            return count;
        }

        private static TestResults.@Nullable OmittedCounts omitted(@Nullable Long errors, @Nullable Long packets)
                throws MalformedResultsException {
            if (errors == null && packets == null) {
                return null;
            }
            if (errors == null || packets == null) {
                throw new MalformedResultsException("only one of omitted_errors and omitted_packets is present");
            }
            return new TestResults.OmittedCounts(
                    bounded("omitted_errors", errors, MAX_DATAGRAMS),
                    bounded("omitted_packets", packets, MAX_DATAGRAMS));
        }

        private static @Nullable Double seconds(JsonObjectReader jsonObjectReader) throws MalformedResultsException {
            Double start = jsonObjectReader.number("start_time");
            Double end = jsonObjectReader.number("end_time");
            if (start == null || end == null) {
                return null;
            }
            if (end < start || end - start > MAX_SECONDS) {
                throw new MalformedResultsException("end_time out of range: " + end);
            }
            return end - start;
        }
    }
}
