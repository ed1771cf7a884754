package dev.pitot.output.format;

import dev.pitot.model.result.FileCopy;

/// Part of a file that was transferred (`-F`).
///
/// @param bytes bytes sent or received
public record FileShare(FileCopy file, long bytes) {
    private static final double ALL = 100.0;

    /// Returns the part in whole percent, rounded down; 100 for an empty file, as in iperf
    /// (iperf_api.c: iperf_print_results).
    public int percent() {
        return file.sizeBytes() > 0 ? (int) ((double) bytes / (double) file.sizeBytes() * ALL) : (int) ALL;
    }
}
