package dev.pitot.lab.tool;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private static final Duration LEAST_DEADLINE = Duration.ofSeconds(120);

    public TestSettings {
        options = List.copyOf(options);
    }

    /// A test from a client's options as they are written on a command line.
    ///
    /// @throws IllegalArgumentException in one sentence, if an option is wrong or one that the
    /// lab
    ///     sets itself
    public static TestSettings of(List<String> options, Iperf2Options iperf2, OutputStyle style) {
        return new TestSettings(options, OptionReader.read(options).config(), iperf2, style);
    }

    /// A test from long options and their values: `udp` to `true`, `time` to `10`. A switch takes
    /// `true` or `false`, null is `true`.
    ///
    /// @throws IllegalArgumentException as above
    public static TestSettings of(Map<String, @Nullable String> options, Iperf2Options iperf2, OutputStyle style) {
        return of(OptionReader.arguments(options), iperf2, style);
    }

    /// How long the test takes, its warm-up included; null if bytes or blocks end it.
    public @Nullable Duration length() {
        return config.test().limit() instanceof Limit.ForDuration(Duration length)
                ? length.plus(config.test().omit())
                : null;
    }

    /// How long a client may take at all: the larger of 120 s and one and a half times the test's
    /// length (apetools: IperfCommand.max_time). A test that bytes or blocks end gets 120 s. A
    /// server needs no deadline of its own: it is ended when its client is.
    public Duration deadline() {
        Duration length = length();
        Duration longer =
                length == null ? Duration.ZERO : length.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LEAST_DEADLINE) > 0 ? longer : LEAST_DEADLINE;
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
