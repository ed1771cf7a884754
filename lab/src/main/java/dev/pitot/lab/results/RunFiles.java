package dev.pitot.lab.results;

import dev.pitot.lab.parse.IntervalSeries;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.SeriesCollector;
import dev.pitot.lab.plan.OutputSettings;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.results.RunResult.Intervals;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of one run of one test, open while it runs. Any thread may write. An error of the
/// disk ends the file that it happens to and is reported by [#faults()]; no method here fails for
/// it.
///
/// Both ends have `raw_iperf/NAME.iperf` (a line is `time of arrival,line`), beside it
/// `raw_iperf/NAME.err` if there was anything on standard error, and `parsed/NAME.csv` if there
/// were figures of intervals.
public final class RunFiles implements AutoCloseable {
    private final Maker maker;
    private final OutputSettings settings;
    private final TimestampFormat timestamps;
    private final Map<TestEnd, Map<Kind, ResultFile>> files = new EnumMap<>(TestEnd.class);
    private final Map<TestEnd, SeriesCollector> series = new EnumMap<>(TestEnd.class);
    private Instant began;
    private boolean isClosed;

    RunFiles(Maker maker, OutputSettings settings, TimestampFormat timestamps, Instant began) {
        this.maker = maker;
        this.settings = settings;
        this.timestamps = timestamps;
        this.began = began;
    }

    /// What a file holds.
    enum Kind {
        RAW("raw_iperf", ".iperf"), // as apetools calls them
        ERROR("raw_iperf", ".err"),
        PARSED("parsed", ".csv");

        final String folder;
        final String extension;

        Kind(String folder, String extension) {
            this.folder = folder;
            this.extension = extension;
        }
    }

    /// Makes a file.
    @FunctionalInterface
    interface Maker {
        /// A file of one end.
        ///
        /// @param name of the end's raw file, which no other test has; null for the raw file itself
        ResultFile make(TestEnd end, Kind kind, @Nullable String name);
    }

    /// Keeps the raw lines of one end, those of its standard error in a file of their own. The
    /// file is made now, so that it is there even if the end stays silent.
    public LineListener raw(TestEnd end) {
        ResultFile raw = file(end, Kind.RAW);
        return line -> (line.origin() == OutputLine.Origin.OUT ? raw : file(end, Kind.ERROR))
                .line(timestamps.line(line.arrival()) + "," + line.text());
    }

    /// Adds a row of figures of one end to its parsed series, which is written at the end: only then is it
    /// known which streams there are. Only rows of intervals are kept.
    public synchronized void row(TestEnd end, Row row) {
        file(end, Kind.RAW);
        series.computeIfAbsent(end, _ -> new SeriesCollector(settings.maximumBitsPerSecond()))
                .accept(new OutputEvent.Values(row));
    }

    /// When the programs' own time began, by this machine's clock: the client's start, say. Times
    /// of rows are counted from here; without it from the making of these files.
    public synchronized void measuringSince(Instant time) {
        began = time;
    }

    /// The files of raw lines so far, relative to the folder of results.
    public synchronized List<String> rawFiles() {
        return all(kind -> kind != Kind.PARSED).map(ResultFile::name).toList();
    }

    /// The figures of the receiver's intervals, else the sender's.
    synchronized Intervals intervals() {
        for (TestEnd end : List.of(TestEnd.RECEIVER, TestEnd.SENDER)) {
            SeriesCollector collector = series.get(end);
            for (IntervalSeries sum : collector == null ? List.<IntervalSeries>of() : collector.sums()) {
                Boolean isSender = sum.of().isSender();
                if (!sum.points().isEmpty() && (isSender == null || isSender == (end == TestEnd.SENDER))) {
                    return new Intervals(sum.meanBitsPerSecond(), sum.gaps());
                }
            }
        }
        return Intervals.NONE;
    }

    /// What could not be kept, a sentence for each file; empty if all was.
    public synchronized List<ResultsException> faults() {
        return all(_ -> true).map(ResultFile::fault).filter(Objects::nonNull).toList();
    }

    /// Ends the files. Lines that come later are passed over. Again does nothing.
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            series.forEach((end, collector) -> new SeriesLine(settings.series(), end, timestamps)
                    .write(collector, began, line -> file(end, Kind.PARSED).line(line)));
        }
        all(_ -> true).forEach(ResultFile::close);
    }

    private Stream<ResultFile> all(Predicate<Kind> wanted) {
        return files.values().stream()
                .flatMap(ofEnd -> ofEnd.entrySet().stream())
                .filter(file -> wanted.test(file.getKey()))
                .map(Map.Entry::getValue);
    }

    private synchronized ResultFile file(TestEnd end, Kind kind) {
        Map<Kind, ResultFile> ofEnd = files.computeIfAbsent(end, _ -> new EnumMap<>(Kind.class));
        ResultFile known = ofEnd.get(kind);
        if (known != null) {
            return known;
        }
        String raw = kind == Kind.RAW ? null : file(end, Kind.RAW).name();
        ResultFile file = maker.make(
                end,
                kind,
                raw == null
                        ? null
                        : raw.substring(raw.lastIndexOf('/') + 1, raw.length() - Kind.RAW.extension.length()));
        ofEnd.put(kind, file);
        if (isClosed && kind != Kind.PARSED) {
            file.close();
        }
        return file;
    }
}
