package dev.pitot.cli.lab;

import dev.pitot.lab.parse.ParseOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to `pitot lab`.
sealed interface LabRequest {
    /// Show how it is used.
    ///
    /// @param text of the help
    record Help(String text) implements LabRequest {}

    /// Carry plans out.
    ///
    /// @param plans files or patterns; empty for every plan of this folder
    /// @param folder where results go; null for the value of each plan
    /// @param parallel tests at once; null for the value of each plan
    /// @param plain whether a terminal is written to as a file is
    /// @param resumption of a session; null for a new one
    /// @param only patterns of the tests that are run; empty for all
    record Run(
            List<String> plans,
            @Nullable String folder,
            @Nullable Integer parallel,
            boolean plain,
            @Nullable Resumption resumption,
            List<String> only)
            implements LabRequest {
        public Run {
            plans = List.copyOf(plans);
            only = List.copyOf(only);
        }
    }

    /// Go on with a session.
    ///
    /// @param folder of its results
    /// @param withFailed whether tests that failed are run again
    record Resumption(String folder, boolean withFailed) {}

    /// Report mistakes in plans.
    ///
    /// @param withNodes whether the nodes are tried too
    record Check(List<String> plans, boolean withNodes) implements LabRequest {
        public Check {
            plans = List.copyOf(plans);
        }
    }

    /// Write a sample.
    ///
    /// @param file null for standard output
    record Sample(@Nullable String file) implements LabRequest {}

    /// Read what programs have written.
    ///
    /// @param files empty for standard input, unless there is a pattern
    /// @param glob a pattern of names below this folder; null for none
    /// @param isSaved whether each file gets its series beside it
    /// @param isTeed whether raw lines are copied to standard error
    record Parse(List<String> files, @Nullable String glob, boolean isSaved, boolean isTeed, ParseOptions options)
            implements LabRequest {
        public Parse {
            files = List.copyOf(files);
        }
    }

    /// Make summaries again.
    record Summary(String folder) implements LabRequest {}

    /// Compare two sessions.
    ///
    /// @param bandPercent a smaller difference means nothing
    record Compare(String before, String after, double bandPercent, boolean asJson) implements LabRequest {}

    /// List sessions.
    record Sessions(String folder, boolean asJson) implements LabRequest {}
}
