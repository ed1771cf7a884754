package dev.pitot.lab.run;

import dev.pitot.lab.engine.Program;
import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.Trouble;
import dev.pitot.lab.run.CommandReport.Ending;
import dev.pitot.lab.run.TestOutcome.Failure;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a command's report is no measurement, in one sentence.
final class Failures {
    private static final int NOT_FOUND = 127; // the shell's

    private Failures() {}

    /// Null if the client measured to the end.
    static @Nullable Failure ofClient(Program program, CommandReport report) {
        return switch (report.ending()) {
            case Ending.NotStarted(String reason) -> Failure.of(reason);
            case Ending.Stopped() -> Failure.stopped();
            case Ending.Lost(String reason) -> Failure.of(reason);
            case Ending.Late(Duration allowed) ->
                Failure.of("expected to end within " + seconds(allowed) + " s, actual " + seconds(report.took())
                        + " s: the client was ended: is the test network up? 'deadline' in the plan allows more");
            case Ending.Exited(int code) -> ofExit(program.path(), code, report);
        };
    }

    private static @Nullable Failure ofExit(String program, int code, CommandReport report) {
        Complaint complaint = report.error();
        if (complaint != null) {
            return new Failure(false, complaint.trouble(), sentence(complaint));
        }
        if (code == NOT_FOUND) {
            return new Failure(false, Trouble.NOT_RUNNABLE, program + " was not found on the client's node");
        }
        if (code != 0) {
            return Failure.of(program + " ended with exit code " + code + ": look at its output");
        }
        return report.totals().isEmpty() ? Failure.of(program + " ended without a total: look at its output") : null;
    }

    /// What the program's words mean (apetools: IperfCommand.validate).
    private static String sentence(Complaint complaint) {
        String words = " (" + complaint.text().strip() + ")";
        return switch (complaint.trouble()) {
            case NO_ROUTE -> "the client has no route to the server's test address" + words;
            case REFUSED -> "no server runs at the other end" + words;
            case CONNECT_FAILED -> "the client could not connect" + words;
            case BUSY -> "the server is busy with another test" + words;
            case NOT_RUNNABLE -> "the program or an option of it is unknown there" + words;
            case ADDRESS_IN_USE, OTHER -> complaint.text().strip();
        };
    }

    /// Why a server ended before it was ready.
    static Failure ofServer(Device device, @Nullable CommandReport report) {
        String began = "the server on " + device + " did not start: ";
        if (report == null) {
            return Failure.of(began + "it does not end either");
        }
        return switch (report.ending()) {
            case Ending.NotStarted(String reason) -> Failure.of(reason);
            case Ending.Lost(String reason) -> Failure.of(reason);
            case Ending.Stopped(), Ending.Late(Duration _) -> Failure.stopped();
            case Ending.Exited(int code) ->
                Failure.of(
                        report.complaints().isEmpty()
                                ? began + (code == NOT_FOUND ? "no such program" : "exit code " + code)
                                : began + report.complaints().getLast().text().strip());
        };
    }

    /// An iperf 2 server serves whoever comes, and its figures do not tell apart who came.
    ///
    /// @param streams as many as the test has
    /// @return null if there were no more
    static @Nullable Failure ofStrangers(CommandReport server, int streams) {
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
    static @Nullable Failure ofServerAfterwards(CommandReport report) {
        if (report.ending() instanceof Ending.Lost(String reason)) {
            return Failure.of(reason);
        }
        // Then a stranger's server listened at the port, and the client measured with that.
        if (!report.totals().isEmpty()) {
            return null;
        }
        return report.complaints().stream()
                .filter(complaint -> complaint.trouble() == Trouble.ADDRESS_IN_USE)
                .findFirst()
                .map(complaint -> new Failure(
                        false,
                        complaint.trouble(),
                        "another server has the port (" + complaint.text().strip() + "): end it, then run again"))
                .orElse(Failure.of("the server counted nothing, though the client was content: is the test network"
                        + " open for this traffic? Look at the server's output"));
    }

    static String seconds(Duration duration) {
        return String.valueOf(Math.round(duration.toMillis() / 100.0) / 10.0);
    }
}
