package dev.pitot.lab.remote;

import java.time.Instant;

/// A line that a command has written.
///
/// @param arrival when its end reached this machine, by the wall clock of this machine
/// @param origin which of the command's outputs it is of; a console knows only one
/// @param text without the end of line, at most [#MAX_CHARACTERS] long: a longer one comes in
/// parts
public record OutputLine(Instant arrival, Origin origin, String text) {
    /// The longest line in characters: a device that never ends its line cannot fill the memory.
    /// iperf3's JSON document of one line (`--json-stream`) with 128 streams is below.
    public static final int MAX_CHARACTERS = 1 << 20;

    /// Which of its outputs a command has written to.
    public enum Origin {
        /// Standard output.
        OUT,
        /// Standard error.
        ERR
    }
}
