package dev.pitot.metrics.file;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.record.PlainNumber;
import dev.pitot.metrics.record.RecordBuilder;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.sample.Sample;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// File in InfluxDB line protocol (docs.influxdata.com, "Line protocol reference"): one point of
/// the measurement `pitot_interval` per interval and direction. Tags are `role`, `direction`,
/// `protocol` and the given ones; the run id is a field, since each new tag value would create a
/// new series. Times are nanoseconds since 1970. Thread-safe.
public final class InfluxFile implements AutoCloseable {
    private static final String MEASUREMENT = "pitot_interval";
    private static final Set<String> OWN_TAGS = Set.of("role", "direction", "protocol", "time");
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    private final LineFile file;
    private final String tags;

    private InfluxFile(LineFile file, String tags) {
        this.file = file;
        this.tags = tags;
    }

    /// Opens the file, and creates it if necessary; unless it is appended to, the first event of
    /// the first test removes its old content.
    ///
    /// @param labels additional tags; the protocol does not allow an empty value, a line break in
    ///     it or a backslash at its end
    /// @throws IllegalArgumentException if a label cannot be used as a tag
    /// @throws IOException if the file cannot be written; the message states the reason
    public static InfluxFile open(Path path, FileOptions options, LabelSet labels) throws IOException {
        String tags = tags(labels.withoutEmptyValues());
        return new InfluxFile(LineFile.open(path, options, ""), tags);
    }

    private static String tags(LabelSet labels) {
        var text = new StringBuilder();
        for (LabelSet.Label label : labels.labels()) {
            String value = label.value();
            if (OWN_TAGS.contains(label.name()) || label.name().startsWith("_")) {
                throw new IllegalArgumentException("the tag '" + label.name() + "' is reserved; use another name");
            }
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.endsWith("\\")) {
                throw new IllegalArgumentException("the value of the tag '" + label.name()
                        + "' must not contain a line break or end with a backslash");
            }
            text.append(',').append(label.name()).append('=').append(escaped(value));
        }
        return text.toString();
    }

    /// Escapes commas, equals signs and spaces in a tag's value.
    static String escaped(String value) {
        return value.replace(",", "\\,").replace("=", "\\=").replace(" ", "\\ ");
    }

    /// Returns a listener for one test, with a generated run id.
    public TestListener forTest() {
        return forTest(UUID.randomUUID());
    }

    /// Returns a listener for one test.
    ///
    /// @param run run id, in every point of the test
    public TestListener forTest(UUID run) {
        var builder = new RecordBuilder();
        return event -> {
            file.begin();
            for (MetricsRecord record : builder.on(event)) {
                if (record instanceof MetricsRecord.Interval(Sample sample)) {
                    file.write(point(sample, run));
                }
            }
        };
    }

    private String point(Sample sample, UUID run) {
        Sample.Context context = sample.context();
        List<String> fields = new ArrayList<>();
        fields.add("run_id=\"" + run + "\"");
        fields.add("stream_count=" + sample.streams().size() + "i");
        fields.add("omitted=" + sample.omitted());
        Field.common(sample.total()).forEach(field -> add(fields, field));
        Field.further(sample.total()).forEach(field -> add(fields, field));
        return MEASUREMENT
                + ",role=" + FieldValues.of(context.role()).toLowerCase(Locale.ROOT)
                + ",direction=" + FieldValues.of(context.direction()).toLowerCase(Locale.ROOT)
                + ",protocol=" + FieldValues.of(context.protocol()).toLowerCase(Locale.ROOT)
                + tags
                + " " + String.join(",", fields)
                + " " + nanos(sample.time()) + "\n";
    }

    /// Adds a field, unless it was not measured.
    private static void add(List<String> fields, Field field) {
        Number value = field.value();
        if (value instanceof Long whole) {
            fields.add(field.name() + "=" + whole + "i");
        } else if (value != null && Double.isFinite(value.doubleValue())) {
            fields.add(field.name() + "=" + PlainNumber.text(value.doubleValue()));
        }
    }

    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(time.getNano()));
    }

    /// Returns the error that stopped writing; null if there was none.
    public @Nullable IOException failure() {
        return file.failure();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
