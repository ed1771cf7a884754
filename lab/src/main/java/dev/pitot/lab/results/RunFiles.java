package dev.pitot.lab.results;

import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.results.RunResult.Intervals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files of one run of one test, open while it runs. Any thread may write. An error of the
/// disk ends the file that it happens to and is told by [#faults()]; no method here fails for
/// it.
///
/// Both ends have `raw_iperf/NAME.iperf` (a line is `time of arrival,line`), beside it
/// `raw_iperf/NAME.err` if there was anything on standard error, and `parsed/NAME.csv` if there
/// were figures of intervals.
public final class RunFiles implements AutoCloseable {
    private final Function<TestEnd, EndFiles> maker;
    private final Map<TestEnd, EndFiles> sides = new EnumMap<>(TestEnd.class);
    private volatile Instant began;
    private boolean isClosed;

    RunFiles(Instant began, Function<TestEnd, EndFiles> maker) {
        this.began = began;
        this.maker = maker;
    }

    /// Keeps the raw lines of one end, those of its standard error in a file of their own. The
    /// file is made now, so that it is there even if the end stays silent.
    public LineListener raw(TestEnd end) {
        return of(end)::line;
    }

    /// Adds a row of figures of one end to its parsed series; only rows of intervals are kept.
    public void row(TestEnd end, Row row) {
        of(end).row(row, began);
    }

    /// When the programs' own time began, by this machine's clock: the client's start, say. Times
    /// of rows that come later are told from here; until then from the making of these files.
    public void measuringSince(Instant time) {
        began = time;
    }

    /// The files of raw lines so far, relative to the folder of results.
    public synchronized List<String> rawFiles() {
        List<String> names = new ArrayList<>();
        sides.values().forEach(files -> names.addAll(files.rawNames()));
        return List.copyOf(names);
    }

    /// What the receiver's intervals say, else the sender's; null if there are none.
    synchronized @Nullable Intervals intervals() {
        for (TestEnd end : List.of(TestEnd.RECEIVER, TestEnd.SENDER)) {
            EndFiles files = sides.get(end);
            Intervals intervals = files == null ? null : files.intervals(end == TestEnd.SENDER);
            if (intervals != null) {
                return intervals;
            }
        }
        return null;
    }

    /// What could not be kept, a sentence for each file; empty if all was.
    public synchronized List<ResultsException> faults() {
        List<ResultsException> faults = new ArrayList<>();
        sides.values().forEach(files -> faults.addAll(files.faults()));
        return List.copyOf(faults);
    }

    /// Ends the files. Lines that come later are passed over. Again does nothing.
    @Override
    public synchronized void close() {
        isClosed = true;
        sides.values().forEach(EndFiles::close);
    }

    private synchronized EndFiles of(TestEnd end) {
        EndFiles files = sides.computeIfAbsent(end, maker);
        if (isClosed) {
            files.close();
        }
        return files;
    }
}
