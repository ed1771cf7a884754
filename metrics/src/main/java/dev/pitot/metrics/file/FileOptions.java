package dev.pitot.metrics.file;

import org.jspecify.annotations.Nullable;

/// How a file of lines is opened and kept small.
///
/// @param append whether what the file holds already is kept
/// @param rotation null if the file may grow without limit
public record FileOptions(boolean append, @Nullable Rotation rotation) {
    /// A new file each time, without limit.
    public static final FileOptions TRUNCATE = new FileOptions(false, null);

    /// What is there is kept, without limit.
    public static final FileOptions APPEND = new FileOptions(true, null);

    /// A file that would grow too large is renamed to `NAME.1` and begun anew; what was `NAME.1`
    /// becomes `NAME.2`, and so on.
    ///
    /// @param maxBytes of one file, 1 or more. A single line that is longer gets a file of its
    /// own
    /// @param keep how many old files stay, 1..1000
    public record Rotation(long maxBytes, int keep) {
        private static final int MAX_KEEP = 1000;

        /// @throws IllegalArgumentException with a sentence, if a number is out of range
        public Rotation {
            if (maxBytes < 1) {
                throw new IllegalArgumentException("a file that rotates must hold 1 byte or more: " + maxBytes);
            }
            if (keep < 1 || keep > MAX_KEEP) {
                throw new IllegalArgumentException(
                        "a file that rotates must keep 1 to " + MAX_KEEP + " old files: " + keep);
            }
        }
    }
}
