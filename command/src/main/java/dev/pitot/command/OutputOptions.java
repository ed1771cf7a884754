package dev.pitot.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is shown of a run, and where.
///
/// @param form the language of the report
/// @param detail how much is said
/// @param prefix what each line starts with
/// @param logFile takes everything instead of the standard streams (`--logfile`), appended; null
///     for none
/// @param notices for the person who wrote the command line, to be shown first
public record OutputOptions(
        Form form,
        Detail detail,
        LinePrefix prefix,
        @Nullable String logFile,
        Notices notices) {
    /// Whole lines about a command line.
    ///
    /// @param out for standard output, without title and time
    /// @param err for standard error
    public record Notices(List<String> out, List<String> err) {
        /// There are none.
        public static final Notices NONE = new Notices(List.of(), List.of());

        public Notices {
            out = List.copyOf(out);
            err = List.copyOf(err);
        }
    }

    /// The language of a report.
    public enum Form {
        TEXT,
        /// One document at the end (`-J`).
        JSON,
        /// One line per event (`--json-stream`).
        JSON_STREAM,
        /// One line per event, and the document at the end (`--json-stream-full-output`).
        JSON_STREAM_AND_DOCUMENT
    }

    /// How much is said.
    ///
    /// @param verbose `-V`
    /// @param debugLevel 0 for none, else 1..4 (`-d`, `--debug=n`)
    /// @param unit of the rate column, one of `kmgtKMGT` (`-f`); [#ADAPTIVE_UNIT] to choose by
    ///     size
    public record Detail(boolean verbose, int debugLevel, char unit) {
        /// iperf's own letter for it (`unit_format`).
        public static final char ADAPTIVE_UNIT = 'a';

        /// What is said without any option.
        public static final Detail USUAL = new Detail(false, 0, ADAPTIVE_UNIT);
    }

    /// What each line starts with.
    ///
    /// @param timestampFormat for strftime (`--timestamps`), or null for none
    /// @param title followed by a colon (`-T`), or null for none
    public record LinePrefix(
            @Nullable String timestampFormat, @Nullable String title) {}
}
