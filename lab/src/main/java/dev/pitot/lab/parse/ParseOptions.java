package dev.pitot.lab.parse;

import org.jspecify.annotations.Nullable;

/// What the parse tool shall write, and of what.
///
/// @param unit of values (`-u`)
/// @param intervals which rows are intervals
/// @param threads which rows make the series
/// @param maximum of a rate, in the unit of values (`-m`): an interval above it is absurd
/// @param show what is written
/// @param form how it is written
public record ParseOptions(
        OutputUnit unit, Intervals intervals, Threads threads, double maximum, Content show, Form form) {
    /// apetools' `maximum`, in the unit of values.
    public static final double DEFAULT_MAXIMUM = 1e9;

    /// apetools' `tolerance`.
    public static final double DEFAULT_TOLERANCE_SECONDS = 0.1;

    /// What apetools' tool does if it is told nothing: the sum's rates in Mbit/s.
    public static final ParseOptions DEFAULT = new ParseOptions(
            OutputUnit.MBITS,
            new Intervals(null, DEFAULT_TOLERANCE_SECONDS),
            Threads.PROGRAM_OR_ADDED,
            DEFAULT_MAXIMUM,
            Content.SERIES,
            Form.CSV);

    /// Which rows are intervals.
    ///
    /// @param seconds the length of an interval (`-i`); null if it is to be found
    /// @param toleranceSeconds by how much a row may be longer (`--tolerance`); used if the
    /// length is given
    public record Intervals(@Nullable Double seconds, double toleranceSeconds) {}

    /// Which rows make the series.
    public enum Threads {
        /// The program's sums, and where it has none all threads added.
        PROGRAM_OR_ADDED,
        /// Only rows of single threads (`-p 1`), added if there are several.
        SINGLE,
        /// Only the program's sums (`-p` above 1).
        PROGRAM,
        /// All threads added, also where the program has a sum (`-v`).
        ADDED
    }

    /// What is written.
    public enum Content {
        /// One line for each interval.
        SERIES,
        /// The rate of the last total (`-l`).
        LAST_BANDWIDTH,
        /// The transfer of the last total (`-d`).
        LAST_TRANSFER
    }

    /// How it is written.
    public enum Form {
        /// `start,value`.
        CSV,
        /// One JSON object per line (`--json`).
        JSON_LINES
    }
}
