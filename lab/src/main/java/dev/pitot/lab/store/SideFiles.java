package dev.pitot.lab.store;

import dev.pitot.lab.connection.Line;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.plan.TestCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one end of one test, all of the same name: raw lines, standard error beside them,
/// the parsed series. Any thread may write.
final class SideFiles implements AutoCloseable {
    private static final String RAW = ".iperf"; // as apetools calls them

    private final FilesOfFolder files;
    private final FileIndex index;
    private final Owner owner;
    private final SeriesLine series;
    private final LineFile raw;
    private @Nullable LineFile errors;
    private @Nullable LineFile parsed;
    private boolean isClosed;

    /// Whose files they are.
    record Owner(TestCase test, int attempt, Side side) {}

    /// Makes the file of raw lines; the others are made when there is something for them.
    SideFiles(FilesOfFolder files, FileIndex index, Owner owner, String name, SeriesLine series) {
        this.files = files;
        this.index = index;
        this.owner = owner;
        this.series = series;
        raw = files.makeNumbered(ResultsFolder.RAW, name, RAW);
        told(raw, "raw");
    }

    void line(Line line) {
        String text = series.stamp().line(line.arrival()) + "," + line.text();
        switch (line.origin()) {
            case OUT -> raw.line(text);
            case ERR -> errors().line(text);
        }
    }

    void row(Row row, Instant began) {
        String line = series.of(row, began);
        if (line != null) {
            parsed().line(line);
        }
    }

    /// Of raw lines, those of standard error too if there are any.
    synchronized List<String> rawNames() {
        return errors == null ? List.of(raw.name()) : List.of(raw.name(), errors.name());
    }

    synchronized List<StoreException> faults() {
        List<StoreException> faults = new ArrayList<>();
        for (LineFile file : all()) {
            StoreException fault = file.fault();
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        all().forEach(LineFile::close);
    }

    private List<LineFile> all() {
        List<LineFile> all = new ArrayList<>(List.of(raw));
        if (errors != null) {
            all.add(errors);
        }
        if (parsed != null) {
            all.add(parsed);
        }
        return all;
    }

    private synchronized LineFile errors() {
        if (errors == null) {
            errors = beside(ResultsFolder.RAW, ".err", "error");
        }
        return errors;
    }

    private synchronized LineFile parsed() {
        if (parsed == null) {
            parsed = beside(ResultsFolder.PARSED, ".csv", "parsed");
            parsed.line(series.header());
        }
        return parsed;
    }

    /// Of the name of the raw file, which no other test has.
    private LineFile beside(String folder, String extension, String kind) {
        String rawName = raw.name();
        String name = rawName.substring(rawName.lastIndexOf('/') + 1, rawName.length() - RAW.length());
        LineFile file = files.make(folder + "/" + name + extension);
        told(file, kind);
        if (isClosed) {
            file.close();
        }
        return file;
    }

    private void told(LineFile file, String kind) {
        index.add(file.name(), kind, owner.test(), owner.attempt(), owner.side());
    }
}
