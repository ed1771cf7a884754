package dev.pitot.lab.tool;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Limit;
import java.math.BigDecimal;
import java.time.Duration;
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
    private static final Duration LEAST_DEADLINE = Duration.ofSeconds(120);
    private static final int NANO_PLACES = 9;

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

    /// How long a client may take at all: the larger of 120 s and one and a half times the test's
    /// length, its warm-up included (apetools: IperfCommand.max_time). A test that bytes or blocks end
    /// gets 120 s. A server needs no deadline of its own: it is ended when its client is.
    public Duration deadline() {
        Duration deadline = config.test().limit() instanceof Limit.ForDuration(Duration length)
                ? length.plus(config.test().omit()).multipliedBy(3).dividedBy(2)
                : LEAST_DEADLINE;
        return deadline.compareTo(LEAST_DEADLINE) > 0 ? deadline : LEAST_DEADLINE;
    }

    /// Seconds as iperf takes them, without needless places: `10`, `0.5`.
    static String seconds(Duration length) {
        return BigDecimal.valueOf(length.toNanos(), NANO_PLACES)
                .stripTrailingZeros()
                .toPlainString();
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
