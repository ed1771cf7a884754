package dev.pitot.lab.results;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.TestCase;
import dev.pitot.lab.results.FileAllocator.FileOpener;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.output.json.JsonObjectWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of results of one session. Any thread may use it, several tests at once.
///
/// | file | holds |
/// |---|---|
/// | `plan.yaml` | the plan as it was read |
/// | `session.json` | title, start and number of tests |
/// | `session.log` | what happened, each line with its time |
/// | `files.csv` | which file belongs to which test |
/// | `raw_iperf/`, `parsed/` | what [RunFiles] keeps |
/// | `results.jsonl` | a line for each run, written when it ends |
/// | `summary.json`, `summary.csv`, `summary.txt`, `junit.xml` | a result for each test, written at the end |
/// | `crash/` | where something went wrong inside |
///
/// The folder and every file in it are new: nothing is ever overwritten, but summaries when they
/// are made again. A line is handed to the
/// system as soon as it is there. A file that cannot be written ends alone, and [#end] or
/// [#faults()] reports it.
public final class ResultsFolder implements AutoCloseable {
    static final String SESSION = "session.json";
    static final String RESULTS = "results.jsonl";
    static final String CRASH = "crash";

    private static final String CUT = "results.cut"; // takes a last line that was cut off
    private static final int MAX_NUMBER = 9_999; // folders of the same name

    private final Plan plan;
    private final ResultsOptions setting;
    private final TimestampFormat timestamps;
    private final ResultFileNames tags;
    private final Instant began;
    private final FileAllocator files;
    private final List<ResultFile> ofSession = Collections.synchronizedList(new ArrayList<>());
    private final List<RunResult> runs = Collections.synchronizedList(new ArrayList<>());
    private final Set<RunFiles> open = ConcurrentHashMap.newKeySet();
    private final ResultFile index;
    private final ResultFile log;
    private final ResultFile results;
    private final @Nullable Object journal; // the identity of the results' file
    private volatile List<ResultsException> summaryFaults = List.of();
    private @Nullable SessionSummary summary;

    /// The plan as it was read, for the copy in the folder.
    ///
    /// @param name of the copy: `plan.yaml`, or `plan.ini`
    /// @param text without passwords: others get it with the results
    /// @param folder where names of files in it begin; null if that is not known
    /// @param only patterns of the tests that the session has of it; empty for all
    /// @param continuation of the session that goes on with it; null for a new session
    public record PlanCopy(
            String name,
            String text,
            @Nullable Path folder,
            List<String> only,
            @Nullable SessionContinuation continuation) {
        public PlanCopy {
            only = List.copyOf(only);
        }

        /// The copy of a new session.
        public PlanCopy(String name, String text) {
            this(name, text, null, List.of(), null);
        }

        /// The attempt that a test needs: 1 for the first; 0 if it needs none.
        public int attempt(TestCase test) {
            return continuation == null ? 1 : continuation.attempt(test);
        }
    }

    /// What results are written with.
    record ResultsOptions(InstantSource clock, ZoneId zone, FileOpener opener) {}

    private ResultsFolder(Path folder, Plan plan, PlanCopy copy, Instant began, ResultsOptions setting)
            throws ResultsException {
        ofSession.add(FileAllocator.lock(folder));
        this.plan = plan;
        this.setting = setting;
        this.began = began;
        timestamps = new TimestampFormat(setting.zone);
        tags = ResultFileNames.of(plan, setting.zone);
        files = new FileAllocator(folder, setting.opener);
        boolean isNew = copy.continuation == null;
        index = ofSession("files.csv", isNew);
        log = ofSession("session.log", isNew);
        results = ofSession(RESULTS, isNew);
        journal = files.identity(RESULTS);
        if (copy.continuation != null) {
            runs.addAll(copy.continuation.earlier().runs());
            log("**** Session goes on: " + copy.continuation.left() + " tests are left ****");
            return;
        }
        index.line("file,kind,number,repetition,attempt,test,node,peer,direction,end");
        whole(safe(copy.name, "plan.yaml"), copy.text.stripTrailing());
        whole(
                SESSION,
                new JsonObjectWriter()
                        .put("title", plan.title())
                        .put("began", timestamps.line(began))
                        .put("zone", setting.zone.getId())
                        .put("tests", plan.cases().size())
                        .put("plan_folder", copy.folder)
                        .put("only", copy.only)
                        .toString());
    }

    /// Makes the folder that the plan names, or one of its title and the date; with `_002`,
    /// `_003` … behind it if there is one already. A session that goes on gets its own folder again.
    ///
    /// @param below where a plan's folder is that is not absolute
    /// @param clock the wall clock
    /// @param zone of times in lines and names
    /// @throws ResultsException if the folder cannot be made, or the session in it is still running
    public static ResultsFolder create(Path below, Plan plan, PlanCopy copy, InstantSource clock, ZoneId zone)
            throws ResultsException {
        return create(below, plan, copy, new ResultsOptions(clock, zone, FileOpener.ON_DISK));
    }

    static ResultsFolder create(Path below, Plan plan, PlanCopy copy, ResultsOptions setting) throws ResultsException {
        SessionContinuation continuation = copy.continuation;
        if (continuation != null) {
            Path folder = continuation.earlier().folder().toAbsolutePath().normalize();
            var goingOn = new ResultsFolder(
                    folder, plan, copy, continuation.earlier().session().began(), setting);
            boolean isCurrent = false;
            try {
                isCurrent = !continuation.isOutdated();
            } finally {
                if (!isCurrent) {
                    goingOn.close();
                }
            }
            if (!isCurrent) {
                throw new ResultsException("The session in " + folder + " went on meanwhile: try again.");
            }
            return goingOn;
        }
        Instant began = setting.clock.instant();
        String date = new TimestampFormat(setting.zone).date(began);
        String given = plan.options().output().folder();
        String name = given == null ? ResultFileNames.folder(plan.title(), date) : ResultFileNames.dated(given, date);
        try {
            return new ResultsFolder(newFolder(below.resolve(name)), plan, copy, began, setting);
        } catch (InvalidPathException e) {
            throw new ResultsException("The plan's folder for results has no possible name: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw ResultsException.making("The folder for results, " + below.resolve(name) + ",", e);
        }
    }

    private static Path newFolder(Path wanted) throws IOException {
        Path path = wanted.toAbsolutePath().normalize();
        Path parent = path.getParent();
        Path last = path.getFileName();
        if (parent == null || last == null) {
            throw new IOException("it is the root");
        }
        Files.createDirectories(parent);
        for (int number = 1; number <= MAX_NUMBER; number++) {
            try {
                return Files.createDirectory(parent.resolve(FileAllocator.numbered(last.toString(), number)));
            } catch (FileAlreadyExistsException _) { // the next number
            }
        }
        throw new IOException("there are too many of that name");
    }

    /// Where it is: absolute.
    public Path path() {
        return files.root();
    }

    /// Adds a line to the log, with the time. Control characters in it become `?`.
    public void log(String text) {
        log.line(timestamps.line(setting.clock.instant()) + " " + TextSanitizer.line(text));
    }

    /// A new file of the session's own, such as a monitor's. Closed with the folder at the
    /// latest.
    ///
    /// @param folder below the folder of results, such as `logs`; made safe, as is the name
    /// @param name numbered if there is one already
    /// @param extension such as `csv`
    public ResultFile file(String folder, String name, String extension) {
        String room = safe(folder, "other");
        ResultFile file = files.makeNumbered(room, safe(name, "file"), "." + safe(extension, "txt"));
        ofSession.add(file);
        index.line(CsvLine.of(Arrays.asList(file.name(), room, null, null, null, null, null, null, null, null)));
        return file;
    }

    /// Begins one run of a test: its files are named and numbered from now on, and the log has a
    /// mark.
    ///
    /// @param attempt 1 for the first
    /// @param hooks what the hooks returned, in their order
    public RunFiles begin(TestCase test, int attempt, List<String> hooks) {
        Instant now = setting.clock.instant();
        mark("Starting", TestId.of(test), attempt, "");
        RunFiles.Maker maker = (end, kind, name) -> {
            ResultFile file = name == null
                    ? files.makeNumbered(kind.folder, tags.name(test, end, hooks, now), kind.extension)
                    : files.make(kind.folder + "/" + name + kind.extension);
            index.line(CsvLine.of(List.of(
                    file.name(),
                    kind,
                    test.number(),
                    test.repetition(),
                    attempt,
                    test.spec().test(),
                    test.pair().node(),
                    test.pair().peer(),
                    test.pair().direction(),
                    end)));
            return file;
        };
        var run = new RunFiles(maker, plan.options().output(), timestamps, now);
        open.add(run);
        return run;
    }

    /// Ends a run: closes its files, writes its line of results and a mark in the log.
    ///
    /// @return the result as it is kept: what could not be written is reported in its verdict, and a
    ///     test that had passed has failed, since its data are not whole
    public RunResult end(RunFiles run, RunResult result) {
        run.close();
        open.remove(run);
        List<ResultsException> faults = run.faults();
        RunResult kept = result.with(run.intervals());
        if (!faults.isEmpty()) {
            int others = faults.size() - 1;
            String more = others == 0 ? "" : " (" + others + " more of its files failed, too)";
            kept = kept.withFault(faults.getFirst().getMessage() + more);
        }
        keep(kept);
        return kept;
    }

    /// Keeps the result of a test that had no files, since it never began.
    public void keep(RunResult result) {
        String line = ResultColumns.json(result, ResultColumns.Destination.LINE, timestamps)
                .toString();
        runs.add(ResultColumns.read(line)); // so that summaries made of the file are the same to the letter
        results.line(line);
        checkPlace();
        Verdict verdict = result.verdict();
        String reason = verdict.reason() == null ? "" : ": " + verdict.reason();
        mark("Ending", result.id(), result.attempt(), ": " + ResultFields.word(verdict.kind()) + reason);
    }

    /// Keeps where something went wrong inside, in `crash/`.
    ///
    /// @param doing a few words
    public void crash(String doing, Throwable failure) {
        String name = "crash_" + timestamps.name(setting.clock.instant());
        log("**** Crashed: " + doing + ": " + failure + " ****");
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        try (ResultFile file = files.makeNumbered(CRASH, name, ".txt")) {
            file.line(doing + "\n" + trace.toString().stripTrailing());
        }
    }

    /// The end of the disk: comes, with the system's words, when a file could not be written since
    /// the disk is full, read-only or broken.
    public CompletableFuture<String> diskFailure() {
        return files.diskFailure().copy();
    }

    /// Looks whether what is kept can be found again: the folder may be removed or moved at any time.
    private void checkPlace() {
        if (results.fault() == null) {
            files.checkPlace(RESULTS, journal);
        }
    }

    /// What of the session's own files could not be written, a sentence for each; files of tests
    /// are reported by their results.
    public List<ResultsException> faults() {
        Stream<ResultsException> ofFiles =
                List.copyOf(ofSession).stream().map(ResultFile::fault).filter(Objects::nonNull);
        return Stream.concat(summaryFaults.stream(), ofFiles).toList();
    }

    /// Writes the summaries, after the last test. Again does nothing but give the same summary.
    public synchronized SessionSummary finish() {
        if (summary == null) {
            summary = new SessionSummary(plan.title(), began, List.copyOf(runs), setting.zone);
            checkPlace();
            summaryFaults = summary.write(files);
            log("**** Session ended: " + summary.counts().text() + " ****");
        }
        return summary;
    }

    /// Ends the files of the session, and those of runs that [#end] has not ended. Again does
    /// nothing.
    @Override
    public void close() {
        open.forEach(RunFiles::close);
        List.copyOf(ofSession).reversed().forEach(ResultFile::close); // the lock is the first of them
    }

    private void mark(String what, TestId id, int attempt, String rest) {
        String again = attempt == 1 ? "" : ", attempt " + attempt;
        log("**** %s test %s (%s; %s%s)%s ****"
                .formatted(what, place(id.number()), id.group().test(), id.text(), again, rest));
    }

    /// Such as `3 of 4`; of tests that were chosen, such as `11 (1 of 4)`: they keep the plan's numbers.
    private String place(int number) {
        List<Integer> numbers = plan.cases().stream().map(TestCase::number).toList();
        int place = numbers.indexOf(number) + 1;
        return place == number || place == 0
                ? number + " of " + numbers.size()
                : "%d (%d of %d)".formatted(number, place, numbers.size());
    }

    private ResultFile ofSession(String name, boolean isNew) {
        ResultFile file = isNew ? files.make(name) : files.append(name, name.equals(RESULTS) ? CUT : null);
        ofSession.add(file);
        return file;
    }

    private static String safe(String name, String otherwise) {
        String safe = ResultFileNames.safe(name);
        return safe.isEmpty() ? otherwise : safe;
    }

    private void whole(String name, String text) {
        try (ResultFile file = ofSession(name, true)) {
            file.line(text);
        }
    }
}
