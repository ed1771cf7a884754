package dev.pitot.lab.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The results of a session, read back from its folder; also of one that was killed.
///
/// @param folder the folder of results
/// @param session what the session is
/// @param runs in the order in which they ended; a test that was tried again is in it several
/// times
/// @param unreadable how many lines of `results.jsonl` are no results: 1 if the last was cut off
public record Results(Path folder, SessionInfo session, List<RunResult> runs, int unreadable) {
    public Results {
        runs = List.copyOf(runs);
    }

    /// A session, as `session.json` has it.
    ///
    /// @param title of its plan
    /// @param began when
    /// @param zone of times in its files
    /// @param planned how many tests it has
    /// @param planFolder where names of files in the plan begin; null if that is not known
    /// @param only patterns of the tests that it has of its plan; empty for all
    public record SessionInfo(
            String title,
            Instant began,
            ZoneId zone,
            int planned,
            @Nullable Path planFolder,
            List<String> only) {
        public SessionInfo {
            only = List.copyOf(only);
        }
    }

    /// The results in a folder.
    ///
    /// @throws ResultsException if there are none, or they cannot be read
    public static Results read(Path folder) throws ResultsException {
        SessionInfo session = session(folder);
        List<RunResult> runs = new ArrayList<>();
        int unreadable = 0;
        Path file = folder.resolve(ResultsFolder.RESULTS);
        // A reader of its own replaces what is no UTF-8, as the end of a line that was cut off
        // may be.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    RunResult run = ResultColumns.read(line);
                    if (session.only.isEmpty() && run.id().number() > session.planned) {
                        throw new IllegalArgumentException("no test of the plan");
                    }
                    runs.add(run);
                } catch (IllegalArgumentException | ArithmeticException _) { // counted: the others are good
                    unreadable++;
                }
            }
        } catch (IOException e) {
            throw reading(file, e);
        }
        return new Results(folder, session, runs, unreadable);
    }

    private static SessionInfo session(Path folder) throws ResultsException {
        Path file = folder.resolve(ResultsFolder.SESSION);
        try {
            ResultFields header = ResultFields.of(Files.readString(file));
            String zone = header.textOrNull("zone");
            String planFolder = header.textOrNull("plan_folder");
            return new SessionInfo(
                    header.text("title"),
                    header.time("began"),
                    zone == null ? OffsetDateTime.parse(header.text("began")).getOffset() : ZoneId.of(zone),
                    (int) header.number("tests"),
                    planFolder == null ? null : Path.of(planFolder),
                    header.members().get("only") instanceof List<?> only
                            ? only.stream().map(String::valueOf).toList()
                            : List.of());
        } catch (IOException e) {
            throw reading(file, e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ResultsException(file + " does not describe a session: " + e.getMessage() + ".");
        }
    }

    /// How many tests of the session have no result.
    public int missing() {
        return Math.max(0, session.planned - summary().runs().size());
    }

    /// A sentence about lines that cannot be read; empty if there is none.
    public Optional<String> unreadableLines() {
        return unreadable == 0
                ? Optional.empty()
                : Optional.of(
                        unreadable + (unreadable == 1 ? " line of " : " lines of ")
                                + folder.resolve(ResultsFolder.RESULTS)
                                + " cannot be read: what a crash or an editor has cut off or changed there counts as no result");
    }

    /// The sessions right below a folder, the oldest first. What is no session, or cannot be
    /// read, is left out.
    ///
    /// @throws ResultsException if the folder cannot be read
    public static List<Results> sessions(Path below) throws ResultsException {
        List<Results> sessions = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(below)) {
            for (Path folder : folders) {
                try {
                    sessions.add(read(folder));
                } catch (ResultsException _) { // left out, as documented
                }
            }
        } catch (IOException e) {
            throw reading(below, e);
        }
        sessions.sort(Comparator.comparing((Results each) -> each.session.began).thenComparing(Results::folder));
        return List.copyOf(sessions);
    }

    /// The session in one table.
    public SessionSummary summary() {
        return new SessionSummary(session.title, session.began, runs, session.zone);
    }

    /// Writes the summaries anew, to the letter as the session does at its end.
    ///
    /// @return the summary
    /// @throws ResultsException if one cannot be written, or the session is still running
    public SessionSummary summarize() throws ResultsException {
        try (ResultFile _ = FileAllocator.lock(folder)) {
            SessionSummary summary = summary();
            List<ResultsException> faults = summary.write(new FileAllocator(folder, FileAllocator.FileOpener.ON_DISK));
            if (!faults.isEmpty()) {
                throw faults.getFirst();
            }
            return summary;
        }
    }

    private static ResultsException reading(Path path, IOException cause) {
        return new ResultsException(
                path + " cannot be read as results of a session: " + ResultsException.reason(cause) + ".", cause);
    }
}
