package dev.pitot.output.figure;

import dev.pitot.model.result.FileCopy;

/// How much of a file was moved (`-F`).
///
/// @param bytes that were sent or received
public record FileShare(FileCopy file, long bytes) {
    private static final double ALL = 100.0;

    /// In whole percent, cut off; 100 of an empty file, as in iperf (iperf_api.c:
    /// iperf_print_results).
    public int percent() {
        return file.sizeBytes() > 0 ? (int) ((double) bytes / (double) file.sizeBytes() * ALL) : (int) ALL;
    }
}
