package dev.pitot.metrics.file;

import dev.pitot.metrics.MetricsRecord;
import dev.pitot.metrics.SnapshotFormat;
import dev.pitot.metrics.record.RecordBuilder;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.model.sample.Sample;
import dev.pitot.model.sample.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// JSON Lines file with one object per line: for each test a start, its intervals or windows, an
/// error if there was one, and an end, all with the test's run id. Its schema is
/// `docs/metrics-jsonl.schema.json`. Every line is flushed immediately. Thread-safe; lines of
/// concurrent tests are interleaved.
public final class JsonLinesFile implements AutoCloseable {
    /// Version of the line format: increases when a member is removed or changes its meaning.
    public static final int SCHEMA_VERSION = 1;

    private final LineFile file;
    private final JsonLinesOptions options;
    private final InstantSource clock;

    private JsonLinesFile(LineFile file, JsonLinesOptions options, InstantSource clock) {
        this.file = file;
        this.options = options;
        this.clock = clock;
    }

    /// Opens the file, and creates it if necessary; unless it is appended to, the first event of
    /// the first test removes its old content.
    ///
    /// @param clock source of the time at which a test ended
    /// @throws IOException if the file cannot be written; the message states the reason
    public static JsonLinesFile open(Path path, JsonLinesOptions options, InstantSource clock) throws IOException {
        return new JsonLinesFile(LineFile.open(path, options.file(), ""), options, clock);
    }

    /// Returns a listener for one test, with a generated run id.
    public TestListener forTest() {
        return forTest(UUID.randomUUID());
    }

    /// Returns a listener for one test.
    ///
    /// @param run run id, on every line of the test
    public TestListener forTest(UUID run) {
        return new OneTest(run, new EndLine.RoleAndPeer(null, null));
    }

    /// Returns a listener for a test whose role and target are known in advance; the end line
    /// contains them even if the ends did not agree on parameters.
    ///
    /// @param role role of this end
    /// @param target server that a client connects to; null for a server, which takes its peer from
    ///     the test
    public TestListener forTest(UUID run, TestRole role, @Nullable Endpoint target) {
        return new OneTest(run, new EndLine.RoleAndPeer(role, target));
    }

    /// Returns the same listener with a generated run id.
    public TestListener forTest(TestRole role, @Nullable Endpoint target) {
        return forTest(UUID.randomUUID(), role, target);
    }

    /// Returns the error that stopped writing; null if there was none.
    public @Nullable IOException failure() {
        return file.failure();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /// Writes the lines of one test. Owned by that test's listener.
    private final class OneTest implements TestListener {
        private final String run;
        private final RecordBuilder builder = new RecordBuilder(options.window(), SnapshotFormat.Directions.ALL);

        private EndLine.RoleAndPeer parties;

        OneTest(UUID run, EndLine.RoleAndPeer parties) {
            this.run = run.toString();
            this.parties = parties;
        }

        @Override
        public void onEvent(TestEvent event) {
            file.begin();
            if (event instanceof TestEvent.ParametersAgreed(TestStart start)) {
                parties = parties.orOf(start);
                line("start", line -> StartLine.members(line, start, options.window()));
            }
            builder.on(event).forEach(this::record);
            if (event instanceof TestEvent.Finished(Outcome outcome)) {
                finish(outcome);
            }
        }

        private void record(MetricsRecord record) {
            switch (record) {
                case MetricsRecord.Interval(Sample sample) ->
                    line("interval", line -> {
                        RecordLine.context(line, record, sample.streams().size());
                        RecordLine.interval(line, sample, options.streams());
                    });
                case MetricsRecord.Windowed(Window window) ->
                    line("window", line -> {
                        RecordLine.context(line, record, window.streams());
                        RecordLine.window(line, window);
                    });
            }
        }

        private void finish(Outcome outcome) {
            EndLine.RoleAndPeer both = parties.orOf(outcome.report().start());
            EndLine.ErrorDetails error = EndLine.error(outcome, both.role());
            if (error != null) {
                line("error", line -> {
                    line.time("timestamp_unix_seconds", clock.instant());
                    EndLine.parties(line, both);
                    EndLine.error(line, error);
                });
            }
            line("end", line -> {
                line.time("timestamp_unix_seconds", clock.instant());
                EndLine.parties(line, both);
                EndLine.end(line, outcome);
            });
        }

        private void line(String event, Consumer<JsonLine> members) {
            file.write(JsonLine.of(line -> {
                line.integer("schema_version", SCHEMA_VERSION);
                line.string("event", event);
                line.string("run_id", run);
                members.accept(line);
            }));
        }
    }
}
