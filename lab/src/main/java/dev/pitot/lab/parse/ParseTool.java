package dev.pitot.lab.parse;

import dev.pitot.lab.parse.OutputEvent.Ended;
import dev.pitot.lab.parse.OutputEvent.Listening;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.OutputEvent.Values;
import dev.pitot.lab.parse.ParseOptions.Threads;
import dev.pitot.lab.parse.Row.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns raw output of iperf 2, iperf3 or Pitot, in any of their formats, into a series:
/// apetools' and iperflexer's `parseiperf` as a library.
///
/// Each interval gives a line `key,value`. The key is the time at the beginning of the raw line,
/// where it has one (`2026-11-21T04:07:18.123+00:00,…`, as sessions save them), else the
/// interval's start in seconds. The value is the rate in the wished unit; it is empty where the
/// interval is a gap (a thread is missing) or absurd (above the maximum; apetools wrote 0.0).
/// Totals are not in the series. With [ParseOptions.Content#LAST_BANDWIDTH] and `LAST_TRANSFER`
/// the only line is the value of the last total, by the program's own count.
///
/// As JSON, each line is an object with `start`, `end`, `value` and `unit`, and where it applies
/// `time`, `bytes`, `bits_per_second`, `sender`, `gap`, `absurd`.
///
/// Where there are several series, of both directions or of tests one after the other, each
/// follows a line `# test 2, received` (CSV), and in JSON has the members `test` and `sender`.
/// A series is written when its test is over. Used by one thread; keeps nothing between calls.
public final class ParseTool {
    private final ParseOptions options;

    /// What was found.
    ///
    /// @param lines read
    /// @param rows of figures
    /// @param errors of the programs, at most 100
    /// @param dropped rows beyond what is kept of one test
    public record Result(long lines, long rows, List<ProgramError> errors, long dropped) {
        /// Copies the list.
        public Result {
            errors = List.copyOf(errors);
        }
    }

    /// A tool with these options.
    public ParseTool(ParseOptions options) {
        this.options = options;
    }

    /// Reads until the end.
    ///
    /// @param in raw output; not closed
    /// @param out gets the series
    /// @param tee gets every raw line as it is read (`-t`); null if none
    /// @throws IOException if reading or writing fails
    public Result parse(Reader in, Appendable out, @Nullable Appendable tee) throws IOException {
        var lines = new BoundedLines(in);
        var run = new Pass(out);
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (tee != null) {
                tee.append(line).append('\n');
            }
            run.line(line);
        }
        return run.end();
    }

    /// Reads a file. Bytes that are no UTF-8 are read as something else, never an error.
    ///
    /// @param file raw output
    /// @param out gets the series
    /// @param tee gets every raw line as it is read; null if none
    /// @throws IOException if reading or writing fails
    public Result parse(Path file, Appendable out, @Nullable Appendable tee) throws IOException {
        try (Reader in = reader(file)) {
            return parse(in, out, tee);
        }
    }

    /// A series that was saved.
    ///
    /// @param file in which it is: `name_parsed.csv` of `name.iperf`; `.jsonl` for JSON lines
    public record SavedSeries(Path file, Result result) {}

    /// Reads a file and writes the series beside it (`-s`). Never overwrites, and leaves nothing
    /// behind that is not complete.
    ///
    /// @param file raw output
    /// @param tee gets every raw line as it is read; null if none
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file of that name already
    /// @throws IOException if reading or writing fails
    public SavedSeries save(Path file, @Nullable Appendable tee) throws IOException {
        String name = file.getFileName() == null ? "output" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String end = options.form() == ParseOptions.Form.CSV ? "_parsed.csv" : "_parsed.jsonl";
        Path saved = file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + end);
        try (Reader in = reader(file)) {
            return new SavedSeries(saved, save(in, saved, tee));
        }
    }

    private Result save(Reader in, Path saved, @Nullable Appendable tee) throws IOException {
        Writer out = Files.newBufferedWriter(saved, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        try (out) {
            return parse(in, out, tee);
        } catch (IOException e) {
            Files.deleteIfExists(saved);
            throw e;
        }
    }

    /// The files below a folder whose name matches (`-g`), in the order of their paths. What `-s`
    /// saved is left out.
    ///
    /// @param folder searched with all folders in it, without following links
    /// @param glob as of [java.nio.file.FileSystem#getPathMatcher], for the file's name, for
    /// example `*.iperf`, or for its path below the folder
    /// @throws IOException if a folder cannot be read
    /// @throws java.util.regex.PatternSyntaxException if it is no pattern
    public static List<Path> files(Path folder, String glob) throws IOException {
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()) || matcher.matches(folder.relativize(file)))
                    .filter(file -> !file.getFileName().toString().contains("_parsed."))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Reader reader(Path file) throws IOException {
        return new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
    }

    /// One pass over one input.
    private final class Pass {
        private static final int MAX_ERRORS = 100;

        private final OutputReader reader =
                new AutoDetectReader(options.intervals().seconds(), 0);
        private final ArrivalTimes times = new ArrivalTimes();
        private final SeriesWriter writer;
        private final List<ProgramError> errors = new ArrayList<>();
        private SeriesCollector collector = newCollector();
        private boolean isOver;
        private long lines;
        private long rows;
        private long dropped;

        private Pass(Appendable out) {
            writer = new SeriesWriter(options, times, out);
        }

        private void line(String line) throws IOException {
            lines++;
            times.note(line);
            reader.line(line, this::event);
            if (isOver) {
                write();
            }
        }

        private Result end() throws IOException {
            reader.end(this::event);
            write();
            writer.end();
            return new Result(lines, rows, errors, dropped);
        }

        private void event(OutputEvent event) {
            switch (event) {
                case Values(Row row) -> {
                    rows++;
                    if (isWanted(row)) {
                        collector.accept(event);
                    }
                }
                case ProgramError error -> {
                    if (errors.size() < MAX_ERRORS) {
                        errors.add(error);
                    }
                }
                case Ended() -> isOver = true;
                case Listening() -> isOver = true;
            }
        }

        private void write() throws IOException {
            isOver = false;
            dropped += collector.dropped();
            writer.test(collector.sums());
            collector = newCollector();
            times.clear();
        }

        private boolean isWanted(Row row) {
            ParseOptions.Intervals intervals = options.intervals();
            boolean isTooLong = intervals.seconds() != null
                    && row.endSeconds() - row.startSeconds() - intervals.seconds() >= intervals.toleranceSeconds();
            if (row.kind() == Kind.TOTAL) {
                return true;
            }
            boolean isSum = row.series().stream() == null;
            Threads threads = options.threads();
            boolean fits = isSum
                    ? threads == Threads.PROGRAM_OR_ADDED || threads == Threads.PROGRAM
                    : threads != Threads.PROGRAM;
            return fits && !isTooLong;
        }

        private SeriesCollector newCollector() {
            return new SeriesCollector(options.maximum() / options.unit().rate(1));
        }
    }
}
