package dev.pitot.lab.results;

import dev.pitot.lab.parse.IntervalSeries;
import dev.pitot.lab.parse.OutputEvent;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.parse.SeriesCollector;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.results.RunResult.Intervals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one end of one test, all of the same name: raw lines, standard error beside them,
/// the parsed series. Any thread may write.
/// An error of the disk ends the file that it happens to; no method here fails for it.
final class EndFiles implements AutoCloseable {
    private static final String RAW = ".iperf"; // as apetools calls them

    private final FileAllocator files;
    private final SeriesLine series;
    private final FileListener listener;
    private final ResultFile raw;
    private final SeriesCollector collector;
    private @Nullable Instant began;
    private @Nullable ResultFile errors;
    private @Nullable ResultFile parsed;
    private boolean isClosed;

    /// Hears of each file when it is made.
    @FunctionalInterface
    interface FileListener {
        void file(String name, String kind);
    }

    /// Makes the file of raw lines; the others are made when there is something for them.
    EndFiles(FileAllocator files, FileListener told, String name, SeriesLine series) {
        this.files = files;
        this.listener = told;
        this.series = series;
        collector = new SeriesCollector(series.form().maximum());
        raw = files.makeNumbered(ResultsFolder.RAW, name, RAW);
        told.file(raw.name(), "raw");
    }

    /// Keeps a raw line; one of standard error in a file of its own.
    void line(OutputLine line) {
        String text = series.stamp().line(line.arrival()) + "," + line.text();
        switch (line.origin()) {
            case OUT -> raw.line(text);
            case ERR -> errors().line(text);
        }
    }

    /// Adds a row of figures to the parsed series, which is written at the end: only then is it
    /// known which streams there are.
    ///
    /// @param began when the measuring did
    synchronized void row(Row row, Instant began) {
        this.began = began;
        collector.accept(new OutputEvent.Values(row));
    }

    /// What the intervals of the sum, or of the only stream, say; null if there are none.
    ///
    /// @param isSender which way, where rows say it
    synchronized @Nullable Intervals intervals(boolean isSender) {
        for (IntervalSeries series : collector.sums()) {
            Boolean way = series.of().isSender();
            if (!series.points().isEmpty() && (way == null || way == isSender)) {
                return new Intervals(series.meanBitsPerSecond(), series.gaps());
            }
        }
        return null;
    }

    /// Of raw lines, those of standard error too if there are any.
    synchronized List<String> rawNames() {
        return errors == null ? List.of(raw.name()) : List.of(raw.name(), errors.name());
    }

    /// What could not be kept, a sentence for each file; empty if all was.
    synchronized List<ResultsException> faults() {
        List<ResultsException> faults = new ArrayList<>();
        for (ResultFile file : all()) {
            ResultsException fault = file.fault();
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /// Ends the files. Lines that come later are passed over. Again does nothing.
    @Override
    public synchronized void close() {
        if (!isClosed && began != null) {
            series.write(collector, began, line -> parsed().line(line));
        }
        isClosed = true;
        all().forEach(ResultFile::close);
    }

    private List<ResultFile> all() {
        List<ResultFile> all = new ArrayList<>(List.of(raw));
        if (errors != null) {
            all.add(errors);
        }
        if (parsed != null) {
            all.add(parsed);
        }
        return all;
    }

    private synchronized ResultFile errors() {
        if (errors == null) {
            errors = beside(ResultsFolder.RAW, ".err", "error");
        }
        return errors;
    }

    private synchronized ResultFile parsed() {
        if (parsed == null) {
            parsed = beside(ResultsFolder.PARSED, ".csv", "parsed");
        }
        return parsed;
    }

    /// Of the name of the raw file, which no other test has.
    private ResultFile beside(String folder, String extension, String kind) {
        String rawName = raw.name();
        String name = rawName.substring(rawName.lastIndexOf('/') + 1, rawName.length() - RAW.length());
        ResultFile file = files.make(folder + "/" + name + extension);
        listener.file(file.name(), kind);
        if (isClosed) {
            file.close();
        }
        return file;
    }
}
