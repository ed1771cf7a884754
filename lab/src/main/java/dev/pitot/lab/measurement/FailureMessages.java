package dev.pitot.lab.measurement;

import dev.pitot.lab.measurement.CommandReport.Ending;
import dev.pitot.lab.measurement.TestOutcome.Failure;
import dev.pitot.lab.parse.ErrorKind;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.results.Observations;
import dev.pitot.lab.results.RunResult.Measurements;
import dev.pitot.lab.results.Totals;
import dev.pitot.lab.tool.InstalledTool;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a command's report is no measurement, in one sentence.
final class FailureMessages {
    private static final int NOT_FOUND = 127; // the shell's

    private FailureMessages() {}

    /// Null if the client measured to the end.
    static @Nullable Failure ofClient(InstalledTool program, NodeHandle device, CommandReport report) {
        return withLastLine(ofEnding(program, report), device, report);
    }

    /// The sentence ends with what the node wrote last, unless it has that already.
    private static @Nullable Failure withLastLine(@Nullable Failure failure, NodeHandle device, CommandReport report) {
        String line = report.lastLine();
        if (failure == null
                || failure.isStopped()
                || line == null
                || failure.reason().contains(line)) {
            return failure;
        }
        return new Failure(false, failure.kind(), failure.reason() + "; last output of " + device + ": " + line);
    }

    private static @Nullable Failure ofEnding(InstalledTool program, CommandReport report) {
        return switch (report.ending()) {
            case Ending.NotStarted(String reason) -> Failure.of(reason);
            case Ending.Stopped() -> Failure.stopped();
            case Ending.ConnectionLost(String reason) -> Failure.of(reason);
            case Ending.TimedOut(Duration allowed) ->
                Failure.of("expected to end within " + seconds(allowed) + " s, actual " + seconds(report.elapsed())
                        + " s: the client was ended: is the test network up? 'deadline' in the plan allows more");
            case Ending.Exited(int code) -> ofExit(program.path(), code, report);
        };
    }

    private static @Nullable Failure ofExit(String program, int code, CommandReport report) {
        ProgramError complaint = report.error();
        if (complaint != null) {
            return new Failure(false, complaint.kind(), sentence(complaint));
        }
        if (code == NOT_FOUND) {
            return new Failure(false, ErrorKind.NOT_RUNNABLE, program + " was not found on the client's node");
        }
        if (code != 0) {
            return Failure.of(program + " ended with exit code " + code + ": look at its output");
        }
        return report.totals().isEmpty() ? Failure.of(program + " ended without a total: look at its output") : null;
    }

    /// The meaning of the program's message (apetools: IperfCommand.validate).
    private static String sentence(ProgramError complaint) {
        String words = " (" + complaint.text().strip() + ")";
        return switch (complaint.kind()) {
            case NO_ROUTE -> "the client has no route to the server's test address" + words;
            case REFUSED -> "no server runs at the other end" + words;
            case CONNECT_FAILED -> "the client could not connect" + words;
            case BUSY -> "the server is busy with another test" + words;
            case NOT_RUNNABLE -> "the program or an option of it is unknown there" + words;
            case ADDRESS_IN_USE, OTHER -> complaint.text().strip();
        };
    }

    /// Why a server ended before it was ready.
    static Failure ofServer(NodeHandle device, @Nullable CommandReport report) {
        String began = "the server on " + device + " did not start: ";
        if (report == null) {
            return Failure.of(began + "it neither listens nor exits");
        }
        Failure failure = switch (report.ending()) {
            case Ending.NotStarted(String reason) -> Failure.of(reason);
            case Ending.ConnectionLost(String reason) -> Failure.of(reason);
            case Ending.Stopped(), Ending.TimedOut(Duration _) -> Failure.stopped();
            case Ending.Exited(int code) ->
                Failure.of(
                        report.errors().isEmpty()
                                ? began + (code == NOT_FOUND ? "no such program" : "exit code " + code)
                                : began + report.errors().getLast().text().strip());
        };
        return Objects.requireNonNull(withLastLine(failure, device, report));
    }

    /// Why a server is to blame that broke while its client ran; null if it did not, as far as it
    /// reports.
    static @Nullable Failure ofBrokenServer(NodeHandle device, CommandReport report) {
        ProgramError error = report.error();
        Failure failure = switch (report.ending()) {
            case Ending.NotStarted(String reason) -> Failure.of(reason);
            case Ending.ConnectionLost(String reason) -> Failure.of(reason);
            case Ending.Stopped(), Ending.TimedOut(Duration _) -> error == null ? null : broken(device, error);
            case Ending.Exited(int code) -> {
                if (error != null) {
                    yield broken(device, error);
                }
                boolean isOrdinary = code == 0 && !report.totals().isEmpty();
                yield isOrdinary ? null : Failure.of("the server on " + device + " ended with exit code " + code);
            }
        };
        return withLastLine(failure, device, report);
    }

    private static Failure broken(NodeHandle device, ProgramError error) {
        return new Failure(
                false,
                error.kind(),
                "the server on " + device + " failed: " + error.text().strip());
    }

    /// A test is measured if it is known how much arrived; where the receiving end is a person's,
    /// how much was sent. Null if it is.
    static @Nullable Failure ofFigures(@Nullable CommandReport sender, @Nullable CommandReport receiver) {
        Totals totals = Totals.of(new Measurements(totals(sender), totals(receiver), List.of(), Observations.NONE));
        if (totals.receiver() != null || (receiver == null && totals.sender() != null)) {
            return null;
        }
        return Failure.of("no figures: neither end reports how much " + (receiver == null ? "was sent" : "was received")
                + ": look at their output");
    }

    private static List<Row> totals(@Nullable CommandReport report) {
        return report == null ? List.of() : report.totals();
    }

    /// An iperf 2 server serves any client, and its figures do not separate them.
    ///
    /// @param streams as many as the test has
    /// @return null if there were no more
    static @Nullable Failure ofForeignProcesses(CommandReport server, int streams) {
        long seen = server.totals().stream()
                .map(row -> row.series().stream())
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return seen <= streams
                ? null
                : Failure.of("others used the server too: it saw " + seen + " streams, and the test has " + streams
                        + "; its figures are theirs as well");
    }

    /// What is wrong with a server's report although the client's is right; null if nothing is.
    static @Nullable Failure ofServerAfterwards(NodeHandle device, CommandReport report) {
        return withLastLine(afterwards(report), device, report);
    }

    private static @Nullable Failure afterwards(CommandReport report) {
        if (report.ending() instanceof Ending.ConnectionLost(String reason)) {
            return Failure.of(reason);
        }
        // Then a foreign server listened at the port, and the client measured with that.
        if (!report.totals().isEmpty()) {
            return null;
        }
        return report.errors().stream()
                .filter(complaint -> complaint.kind() == ErrorKind.ADDRESS_IN_USE)
                .findFirst()
                .map(complaint -> new Failure(
                        false,
                        complaint.kind(),
                        "another server has the port (" + complaint.text().strip() + "): end it, then run again"))
                .orElse(Failure.of("the client finished, but the server received nothing: is the test network"
                        + " open for this traffic? Look at the server's output"));
    }

    static String seconds(Duration duration) {
        return String.valueOf(Math.round(duration.toMillis() / 100.0) / 10.0);
    }
}
