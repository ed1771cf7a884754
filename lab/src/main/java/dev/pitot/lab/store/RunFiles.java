package dev.pitot.lab.store;

import dev.pitot.lab.connection.LineListener;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.store.RunResult.Intervals;
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
    private final Function<Side, SideFiles> maker;
    private final Map<Side, SideFiles> sides = new EnumMap<>(Side.class);
    private volatile Instant began;
    private boolean isClosed;

    RunFiles(Instant began, Function<Side, SideFiles> maker) {
        this.began = began;
        this.maker = maker;
    }

    /// Keeps the raw lines of one end, those of its standard error in a file of their own. The
    /// file is made now, so that it is there even if the end stays silent.
    public LineListener raw(Side side) {
        return of(side)::line;
    }

    /// Adds a row of figures of one end to its parsed series; only rows of intervals are kept.
    public void row(Side side, Row row) {
        of(side).row(row, began);
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
        for (Side side : List.of(Side.RECEIVER, Side.SENDER)) {
            SideFiles files = sides.get(side);
            Intervals intervals = files == null ? null : files.intervals(side == Side.SENDER);
            if (intervals != null) {
                return intervals;
            }
        }
        return null;
    }

    /// What could not be kept, a sentence for each file; empty if all was.
    public synchronized List<StoreException> faults() {
        List<StoreException> faults = new ArrayList<>();
        sides.values().forEach(files -> faults.addAll(files.faults()));
        return List.copyOf(faults);
    }

    /// Ends the files. Lines that come later are passed over. Again does nothing.
    @Override
    public synchronized void close() {
        isClosed = true;
        sides.values().forEach(SideFiles::close);
    }

    private synchronized SideFiles of(Side side) {
        SideFiles files = sides.computeIfAbsent(side, maker);
        if (isClosed) {
            files.close();
        }
        return files;
    }
}
