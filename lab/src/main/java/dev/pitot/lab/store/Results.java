package dev.pitot.lab.store;

import dev.pitot.output.json.DocumentReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The results of a session, read back from its folder; also of one that was killed.
///
/// @param runs in the order in which they ended; a test that was tried again is in it several
/// times
/// @param unreadable how many lines of `results.jsonl` are no results: 1 if the last was cut off
public record Results(List<StoredRun> runs, int unreadable) {
    public Results {
        runs = List.copyOf(runs);
    }

    /// One session below a folder of sessions.
    ///
    /// @param folder where its results are
    /// @param title of its plan
    /// @param began when
    /// @param planned how many tests it had
    /// @param counts how many came out how; less than planned if it was killed
    public record Session(Path folder, String title, Instant began, int planned, SessionSummary.Counts counts) {}

    /// The results in a folder.
    ///
    /// @throws StoreException if there are none, or they cannot be read
    public static Results read(Path folder) throws StoreException {
        List<StoredRun> runs = new ArrayList<>();
        int unreadable = 0;
        Path file = folder.resolve(ResultsFolder.RESULTS);
        // A reader of its own replaces what is no UTF-8, as the end of a line that was cut off
        // may be.
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    runs.add(RunReader.read(line));
                } catch (IllegalArgumentException | ArithmeticException _) { // counted: the others are good
                    unreadable++;
                }
            }
        } catch (IOException e) {
            throw reading(file, e);
        }
        return new Results(runs, unreadable);
    }

    /// The sessions right below a folder, the oldest first. What is no session, or cannot be
    /// read, is left out.
    ///
    /// @throws StoreException if the folder cannot be read
    public static List<Session> sessions(Path below) throws StoreException {
        List<Session> sessions = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(below, Results::isSession)) {
            for (Path folder : folders) {
                addSession(folder, sessions);
            }
        } catch (IOException e) {
            throw reading(below, e);
        }
        sessions.sort(Comparator.comparing(Session::began).thenComparing(Session::folder));
        return List.copyOf(sessions);
    }

    private static boolean isSession(Path folder) {
        return Files.isRegularFile(folder.resolve(ResultsFolder.SESSION))
                && Files.isRegularFile(folder.resolve(ResultsFolder.RESULTS));
    }

    private static void addSession(Path folder, List<Session> sessions) {
        try {
            String text = Files.readString(folder.resolve(ResultsFolder.SESSION));
            var header = new RunReader(DocumentReader.read(text));
            sessions.add(new Session(
                    folder,
                    header.text("title"),
                    header.time("began"),
                    (int) header.number("tests"),
                    SessionSummary.Counts.of(StoredRun.last(read(folder).runs))));
        } catch (IOException | IllegalArgumentException | StoreException _) { // left out, as it says
        }
    }

    private static StoreException reading(Path path, IOException cause) {
        return new StoreException(
                path + " cannot be read as results of a session: " + StoreException.reason(cause) + ".", cause);
    }
}
