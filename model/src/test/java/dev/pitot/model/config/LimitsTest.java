package dev.pitot.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pitot.model.config.ServerConfig.Lifetime;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// One row for each setting with a range: both ends are accepted, values beyond them are rejected
/// with iperf's error.
class LimitsTest {
    private static final int MEBI = 1024 * 1024;
    private static final long DAY_MILLIS = 86_400_000;

    static Stream<Arguments> numbers() {
        return Stream.of(
                number("endpoint port", IperfError.PORT, 0, 65_535, value -> new Endpoint("host", value)),
                number(
                        "client port",
                        IperfError.PORT,
                        0,
                        65_535,
                        value -> new LocalBinding(null, AddressFamily.ANY, value)),
                number("server port", IperfError.PORT, 0, 65_535, LimitsTest::serverAt),
                number(
                        "burst",
                        IperfError.BURST,
                        0,
                        1000,
                        value -> new Pacing(Bitrate.UNLIMITED, value, Bitrate.UNLIMITED)),
                number(
                        "window",
                        IperfError.WINDOW,
                        0,
                        512 * MEBI,
                        value -> new SocketSettings(value, 0, false, 0, null)),
                number("mss", IperfError.MSS, 0, 32_767, value -> new SocketSettings(0, value, false, 0, null)),
                number("tos", IperfError.TOS, 0, 255, value -> new SocketSettings(0, 0, false, value, null)),
                number(
                        "flow label",
                        IperfError.SET_FLOW_LABEL,
                        0,
                        0xfffff,
                        value -> new SocketSettings(0, 0, false, 0, null, value)),
                number("core", IperfError.SET_AFFINITY, 0, 1024, value -> new HostResources(null, value)),
                number(
                        "server core",
                        IperfError.SET_AFFINITY,
                        0,
                        1024,
                        value -> new TestMetadata(null, null, false, null, value)),
                number(
                        "keep-alive count",
                        IperfError.KEEPALIVE,
                        0,
                        9,
                        value -> new KeepAlive(Duration.ofSeconds(10), Duration.ofSeconds(1), value)),
                number(
                        "parallel",
                        IperfError.PARALLEL,
                        1,
                        128,
                        value -> TestConfig.builder().parallel(value)),
                number(
                        "block size",
                        IperfError.BLOCK_SIZE,
                        0,
                        MEBI,
                        value -> TestConfig.builder().blockBytes(value)));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                time("duration", IperfError.DURATION, 1, DAY_MILLIS, value -> new Limit.ForDuration(millis(value))),
                time(
                        "omit",
                        IperfError.OMIT,
                        0,
                        600_000,
                        value -> TestConfig.builder().omit(millis(value)).build()),
                time("interval", IperfError.INTERVAL, 100, 60_000, value -> new ReportInterval(millis(value))),
                time("receive timeout", IperfError.RECEIVE_TIMEOUT, 100, DAY_MILLIS, LimitsTest::receivingWithin),
                time("send timeout", IperfError.SEND_TIMEOUT, 0, DAY_MILLIS, LimitsTest::sendingWithin),
                time(
                        "server's longest test",
                        IperfError.DURATION,
                        0,
                        DAY_MILLIS,
                        value -> new ServerPolicy(ServerPolicy.RateLimit.NONE, millis(value), null)),
                time(
                        "rate window",
                        IperfError.RATE_INTERVAL,
                        100,
                        60_000,
                        value -> new ServerPolicy.RateLimit(Bitrate.UNLIMITED, millis(value))),
                time(
                        "idle timeout",
                        IperfError.IDLE_TIMEOUT,
                        1000,
                        DAY_MILLIS,
                        value -> new Lifetime(false, millis(value))));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "times"})
    void theEndsOfTheRangePass(IperfError error, long min, long max, LongFunction<?> make) {
        assertThat(make.apply(min)).as("%s at %d", error, min).isNotNull();
        assertThat(make.apply(max)).as("%s at %d", error, max).isNotNull();
    }

    @ParameterizedTest
    @MethodSource({"numbers", "times"})
    void oneStepBeyondIsRefusedWithIperfsError(IperfError error, long min, long max, LongFunction<?> make) {
        assertRefused(error, make, max + 1);
        assertRefused(error, make, min - 1);
    }

    private static void assertRefused(IperfError error, LongFunction<?> make, long value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> {
                    var _ = make.apply(value);
                })
                .withMessageStartingWith(error.text())
                .extracting(InvalidSettingException::error)
                .isEqualTo(error);
    }

    private static Arguments number(String name, IperfError error, int min, int max, IntFunction<?> make) {
        LongFunction<?> wide = value -> make.apply((int) value);
        return argumentSet(name, error, (long) min, (long) max, wide);
    }

    private static Arguments time(String name, IperfError error, long min, long max, LongFunction<?> make) {
        return argumentSet(name, error, min, max, make);
    }

    private static ServerConfig serverAt(int port) {
        return new ServerConfig(port, LocalBinding.ANY, Timeouts.DEFAULT, ReportInterval.DEFAULT, Lifetime.UNLIMITED);
    }

    private static Timeouts receivingWithin(long millis) {
        return new Timeouts(Duration.ZERO, millis(millis), Duration.ZERO);
    }

    private static Timeouts sendingWithin(long millis) {
        return new Timeouts(Duration.ZERO, Duration.ofSeconds(120), millis(millis));
    }

    private static Duration millis(long value) {
        return Duration.ofMillis(value);
    }
}
