package dev.pitot.lab.engine;

import dev.pitot.model.config.ClientConfig;
import java.util.List;

/// What one test shall measure, whatever program carries it out.
///
/// @param options iperf3's (and Pitot's) client options as they are written, without those that
/// the
///     lab sets itself: role, address, port, output, title
/// @param config what the options mean: checked by the same reader that `pitot -c` uses; its host
///     stands for any
/// @param iperf2 what only iperf 2 knows
/// @param style how the programs shall write
public record TestSettings(List<String> options, ClientConfig config, Iperf2Options iperf2, OutputStyle style) {
    public TestSettings {
        options = List.copyOf(options);
    }

    /// How the programs on the nodes shall write.
    public enum OutputStyle {
        /// The most exact that the program can: a JSON stream, else JSON, else CSV.
        EXACT,
        /// As people read it, flushed line by line: less exact, but nothing is lost when a
        /// program is killed.
        TEXT
    }
}
