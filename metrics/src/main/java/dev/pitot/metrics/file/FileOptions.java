package dev.pitot.metrics.file;

import org.jspecify.annotations.Nullable;

/// Options for opening and rotating a file of lines.
///
/// @param append true to keep the existing content
/// @param rotation null if the file may grow without limit
public record FileOptions(boolean append, @Nullable Rotation rotation) {
    /// Truncates an existing file; no size limit.
    public static final FileOptions TRUNCATE = new FileOptions(false, null);

    /// Appends to an existing file; no size limit.
    public static final FileOptions APPEND = new FileOptions(true, null);

    /// File rotation: before the file exceeds its limit it is renamed to `NAME.1` and a new one is
    /// started; `NAME.1` becomes `NAME.2`, and so on.
    ///
    /// @param maxBytes size limit of one file, 1 or more. A single line that is longer gets its own
    ///     file
    /// @param keep number of old files kept, 1..1000
    public record Rotation(long maxBytes, int keep) {
        private static final int MAX_KEEP = 1000;

        /// @throws IllegalArgumentException if a number is out of range
        public Rotation {
            if (maxBytes < 1) {
                throw new IllegalArgumentException(
                        "the size limit of a rotated file must be 1 byte or more: " + maxBytes);
            }
            if (keep < 1 || keep > MAX_KEEP) {
                throw new IllegalArgumentException(
                        "the number of old files kept must be 1 to " + MAX_KEEP + ": " + keep);
            }
        }
    }
}
