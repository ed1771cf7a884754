package dev.pitot.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Output settings of a run.
///
/// @param form format of the report
/// @param detail verbosity
/// @param prefix start of each line
/// @param logFile file that replaces the standard streams (`--logfile`), appended to; null for none
/// @param notices about the command line, shown first
public record OutputOptions(
        Form form,
        Detail detail,
        LinePrefix prefix,
        @Nullable String logFile,
        Notices notices) {
    /// Complete lines about a command line.
    ///
    /// @param out for standard output, without title and time
    /// @param err for standard error
    public record Notices(List<String> out, List<String> err) {
        /// No notices.
        public static final Notices NONE = new Notices(List.of(), List.of());

        public Notices {
            out = List.copyOf(out);
            err = List.copyOf(err);
        }
    }

    /// Format of a report.
    public enum Form {
        TEXT,
        /// One document at the end (`-J`).
        JSON,
        /// One line per event (`--json-stream`).
        JSON_STREAM,
        /// One line per event, and the document at the end (`--json-stream-full-output`).
        JSON_STREAM_AND_DOCUMENT
    }

    /// Verbosity.
    ///
    /// @param verbose `-V`
    /// @param debugLevel 0 for none, else 1..4 (`-d`, `--debug=n`)
    /// @param unit of the rate column, one of `kmgtKMGT` (`-f`); [#ADAPTIVE_UNIT] to choose by
    ///     size
    /// @param findings whether text ends with the findings; false with `--no-findings`
    public record Detail(boolean verbose, int debugLevel, char unit, boolean findings) {
        /// iperf's own letter for it (`unit_format`).
        public static final char ADAPTIVE_UNIT = 'a';

        /// Verbosity without any option.
        public static final Detail USUAL = new Detail(false, 0, ADAPTIVE_UNIT, true);
    }

    /// Start of each line.
    ///
    /// @param timestampFormat for strftime (`--timestamps`), or null for none
    /// @param title followed by a colon (`-T`), or null for none
    public record LinePrefix(
            @Nullable String timestampFormat, @Nullable String title) {}
}
