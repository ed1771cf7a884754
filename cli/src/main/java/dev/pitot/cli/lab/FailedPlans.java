package dev.pitot.cli.lab;

import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The plans that came to nothing, which are listed once more when all others are done. Used by one
/// thread.
final class FailedPlans {
    private final LabConsole labConsole;
    private final Clock clock;
    private final List<String> lines = new ArrayList<>();

    FailedPlans(LabConsole labConsole, Clock clock) {
        this.labConsole = labConsole;
        this.clock = clock;
    }

    /// A plan that was not carried out, since it is wrong.
    void unreadable(String plan) {
        lines.add(plan + ": not carried out: see the errors above");
    }

    /// A plan whose session broke off. It is reported at once, too.
    ///
    /// @return the exit code of a failure
    int crashed(String plan, Instant began, String reason) {
        lines.add(plan + ": began " + time(began) + ", failed " + time(clock.instant()) + ": " + reason);
        return labConsole.complain(plan + ": " + reason);
    }

    private String time(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.ofInstant(instant, clock.getZone()).truncatedTo(ChronoUnit.SECONDS));
    }

    /// Whether all went well so far.
    boolean areNone() {
        return lines.isEmpty();
    }

    /// Lists them, if there are any.
    void print() {
        if (!lines.isEmpty()) {
            labConsole.complain(SessionDisplay.number(lines.size(), "plan") + " failed:\n" + String.join("\n", lines));
        }
    }
}
