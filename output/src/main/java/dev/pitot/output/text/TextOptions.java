package dev.pitot.output.text;

import dev.pitot.output.Program;

/// What a person asked of the text.
///
/// @param program who reports
/// @param rate how the rate column is written (`-f`)
/// @param verbose whether to tell more (`-V`)
/// @param debugLevel 0 for none, to 4 for all (`-d`)
public record TextOptions(Program program, UnitFormat rate, boolean verbose, int debugLevel) {
    private static final int MAX_DEBUG_LEVEL = 4; // iperf.h: DEBUG_LEVEL_MAX

    /// @throws IllegalArgumentException if `debugLevel` is outside 0..4
    public TextOptions {
        if (debugLevel < 0 || debugLevel > MAX_DEBUG_LEVEL) {
            throw new IllegalArgumentException("debugLevel not in 0..4: " + debugLevel);
        }
    }

    /// Adaptive units, nothing more than the usual.
    public static TextOptions plain(Program program) {
        return new TextOptions(program, UnitFormat.ADAPTIVE_BITS, false, 0);
    }
}
