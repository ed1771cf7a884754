package dev.pitot.cli.metrics;

import dev.pitot.command.MetricsOptions;
import dev.pitot.metrics.file.CsvFile;
import dev.pitot.metrics.file.FileOptions;
import dev.pitot.metrics.file.InfluxFile;
import dev.pitot.metrics.file.JsonLinesFile;
import dev.pitot.metrics.file.JsonLinesOptions;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.TestRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A file with one line per event or interval.
sealed interface LineFileSink extends AutoCloseable {
    /// Opens the file. It is truncated when the first test begins, except for InfluxDB's lines, which
    /// are appended.
    ///
    /// @throws IOException with a message for users, if it cannot be opened
    static LineFileSink open(Path path, MetricsOptions.File file) throws IOException {
        return switch (file.format()) {
            case JSONL -> new Json(JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, InstantSource.system()));
            case CSV -> new Csv(CsvFile.open(path, FileOptions.TRUNCATE));
            case INFLUX -> new Influx(InfluxFile.open(path, FileOptions.APPEND, MetricNaming.labels(file.labels())));
            case PROMETHEUS -> throw new IllegalArgumentException("Prometheus' format is not written line by line");
        };
    }

    /// Creates a listener for one test.
    ///
    /// @param server the server named on a client's command line; null for a server's tests
    TestListener forTest(@Nullable Endpoint server);

    @Override
    void close() throws IOException;

    /// One JSON object per line.
    record Json(JsonLinesFile file) implements LineFileSink {
        @Override
        public TestListener forTest(@Nullable Endpoint server) {
            return file.forTest(server == null ? TestRole.SERVER : TestRole.CLIENT, server);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /// One row per interval and direction.
    record Csv(CsvFile file) implements LineFileSink {
        @Override
        public TestListener forTest(@Nullable Endpoint server) {
            return file.forTest();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /// InfluxDB's line protocol.
    record Influx(InfluxFile file) implements LineFileSink {
        @Override
        public TestListener forTest(@Nullable Endpoint server) {
            return file.forTest();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
