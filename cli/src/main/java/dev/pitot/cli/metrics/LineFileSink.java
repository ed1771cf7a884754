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

/// A file that gets a line for each thing that happens.
sealed interface LineFileSink extends AutoCloseable {
    /// Opens the file, which loses what it held when the first test begins; InfluxDB's lines are
    /// appended.
    ///
    /// @throws IOException with a sentence, if it cannot be opened
    static LineFileSink open(Path path, MetricsOptions.File file) throws IOException {
        return switch (file.format()) {
            case JSONL -> new Json(JsonLinesFile.open(path, JsonLinesOptions.DEFAULT, InstantSource.system()));
            case CSV -> new Csv(CsvFile.open(path, FileOptions.TRUNCATE));
            case INFLUX -> new Influx(InfluxFile.open(path, FileOptions.APPEND, MetricNaming.labels(file.labels())));
            case PROMETHEUS -> throw new IllegalArgumentException("Prometheus' text has no lines of its own");
        };
    }

    /// A listener for one test.
    ///
    /// @param server the one that a client was told to test against; null for a server's tests
    TestListener forTest(@Nullable Endpoint server);

    @Override
    void close() throws IOException;

    /// One JSON object in each line.
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

    /// One row for each interval and direction.
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
