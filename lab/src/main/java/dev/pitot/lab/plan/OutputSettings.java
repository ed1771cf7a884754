package dev.pitot.lab.plan;

import org.jspecify.annotations.Nullable;

/// The place and the form of a session's results.
///
/// @param folder where results go, `{t}` standing for the date; null for the title and the date
/// @param prefix begins the names of files of results (`data_file` of apetools); may be empty
/// @param series the form of the parsed series of intervals
/// @param maximumBitsPerSecond the largest bitrate that is believed, more than 0
public record OutputSettings(@Nullable String folder, String prefix, SeriesFormat series, double maximumBitsPerSecond) {
    /// What holds where a plan says nothing. The maximum is that of apetools.
    public static final OutputSettings USUAL = new OutputSettings(null, "", SeriesFormat.DETAILED, 1e15);

    /// The form of the parsed series of intervals.
    public enum SeriesFormat {
        /// Every column of every interval, of each stream and of their sum.
        DETAILED,
        /// The two columns of apetools: time and Mbit/s of the sum.
        APETOOLS
    }
}
