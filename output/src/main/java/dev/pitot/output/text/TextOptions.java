package dev.pitot.output.text;

import dev.pitot.output.ProgramInfo;

/// Options of the text output.
///
/// @param program name and version to print
/// @param rate format of the rate column (`-f`)
/// @param verbose true for more details (`-V`)
/// @param debugLevel 0 (no debug messages) to 4 (all), from `-d`
/// @param findings true to end with the round trips and the findings; false to end as iperf3 does
public record TextOptions(ProgramInfo program, UnitFormat rate, boolean verbose, int debugLevel, boolean findings) {
    private static final int MAX_DEBUG_LEVEL = 4; // iperf.h: DEBUG_LEVEL_MAX

    /// @throws IllegalArgumentException if `debugLevel` is outside 0..4
    public TextOptions {
        if (debugLevel < 0 || debugLevel > MAX_DEBUG_LEVEL) {
            throw new IllegalArgumentException("debugLevel not in 0..4: " + debugLevel);
        }
    }

    /// Returns the defaults: adaptive units, not verbose, no debug messages.
    public static TextOptions plain(ProgramInfo program) {
        return new TextOptions(program, UnitFormat.ADAPTIVE_BITS, false, 0, true);
    }
}
