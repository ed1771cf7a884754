package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pitot.client.IperfArguments;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.engine.Iperf;
import dev.pitot.engine.ServerBuilder;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SctpSettings;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The library and the command line accept the same values and reject the same values, each as soon as
/// it is set. One row per setting: the method of the library, the option, values that both accept and
/// values that both reject. Values that one of the two cannot express (a fraction where the option has
/// whole seconds) are tested elsewhere.
class SettingBoundsTest {
    private static final List<String> CLIENT = List.of("-c", "host");
    private static final List<String> SERVER = List.of("-s");

    /// A builder method of the library, called with a value in the command line's syntax.
    interface Step<B> {
        B set(B builder, String value);
    }

    static Stream<Arguments> clientSteps() {
        return Stream.concat(testSteps(), endSteps());
    }

    private static Stream<Arguments> testSteps() {
        return Stream.of(
                client("-t", "1 86400", "86401 -1", (b, v) -> b.duration(seconds(v))),
                client("-n", "1 9000000000000000000", "-1", (b, v) -> b.limit(new Limit.ForBytes(whole(v)))),
                client("-k", "1 9000000000000000000", "-1", (b, v) -> b.limit(new Limit.ForBlocks(whole(v)))),
                client("-O", "0 600", "601 -1 0.5 100.9", (b, v) -> b.omit(seconds(v))),
                client("-P", "1 128", "0 129 -1", (b, v) -> b.parallel(number(v))),
                client("-l", "0 1 1048576", "1048577 -1", (b, v) -> b.blockBytes(number(v))),
                client("-b", "0 1 100M 2.5G 1e6", "-1 0.5 fast 10x", (b, v) -> b.bitrate(Bitrate.parse(v))),
                client("-b", "1M/1 1M/1000", "1M/1001 1M/-1", (b, v) -> b.pacing(burst(v))),
                client(
                        "--fq-rate",
                        "0 8 1G",
                        "7 1 -1",
                        (b, v) -> b.pacing(Pacing.NONE.withFairQueueRate(Bitrate.parse(v)))),
                client(
                        "-w",
                        "0 1 536870912",
                        "536870913 -1",
                        (b, v) -> b.socket(SocketSettings.DEFAULT.withWindowBytes(number(v)))),
                client("-M", "0 32767", "32768 -1", (b, v) -> b.socket(SocketSettings.DEFAULT.withMss(number(v)))),
                client("-S", "0 255", "256 -1", (b, v) -> b.socket(SocketSettings.DEFAULT.withTos(number(v)))),
                client(
                        "-L",
                        "1 1048575",
                        "1048576 -1",
                        (b, v) -> b.socket(SocketSettings.DEFAULT.withFlowLabel(number(v)))));
    }

    private static Stream<Arguments> endSteps() {
        return Stream.of(
                client("-p", "1 65535", "0 65536 -1", (b, v) -> b.port(number(v))),
                client("-i", "0 0.1 60", "0.05 0.099 60.1 -1", (b, v) -> b.interval(seconds(v))),
                client("-B", "::1 localhost", "|%eth0", (b, v) -> b.local(LocalBinding.ANY.withHost(v))),
                client("--cport", "1 65535", "65536 -1", (b, v) -> b.local(LocalBinding.ANY.withClientPort(number(v)))),
                client("-X", "::1", "|", (b, v) -> b.local(LocalBinding.ANY.withSctp(new SctpSettings(List.of(v), 0)))),
                client(
                        "--nstreams",
                        "0 65535",
                        "65536 -1",
                        (b, v) -> b.local(LocalBinding.ANY.withSctp(new SctpSettings(List.of(), number(v))))),
                client("-A", "0 1024", "1025 -1", (b, v) -> b.resources(new HostResources(null, number(v)))),
                client("-A", "1,0 1,1024", "1,1025 1,-1", (b, v) -> b.metadata(serverCore(v))),
                client("--connect-timeout", "0 1", "-1", (b, v) -> b.timeouts(Timeouts.DEFAULT.withConnect(millis(v)))),
                client(
                        "--snd-timeout",
                        "0 86400000",
                        "86400001 -1",
                        (b, v) -> b.timeouts(Timeouts.DEFAULT.withSend(millis(v)))),
                client(
                        "--cntl-ka",
                        "0/0/0 10/1/9",
                        "9/3/3 -1/0/0 1.5/0/0",
                        (b, v) -> b.timeouts(Timeouts.DEFAULT.withControlKeepAlive(keepAlive(v)))));
    }

    static Stream<Arguments> serverSteps() {
        return Stream.of(
                server("-p", "1 65535", "65536 -1", (b, v) -> b.port(number(v))),
                server("-i", "0 0.1 60", "0.05 60.1 -1", (b, v) -> b.interval(seconds(v))),
                server(
                        "--rcv-timeout",
                        "100 86400000",
                        "99 86400001 -1",
                        (b, v) -> b.timeouts(Timeouts.DEFAULT.withReceive(millis(v)))),
                server(
                        "--idle-timeout",
                        "1 86400",
                        "86401 -1",
                        (b, v) -> b.lifetime(new ServerConfig.Lifetime(false, seconds(v)))),
                server(
                        "--server-max-duration",
                        "0 86400",
                        "86401 -1",
                        (b, v) -> b.policy(ServerPolicy.OPEN.withMaxDuration(seconds(v)))),
                server(
                        "--server-bitrate-limit",
                        "1M/0 1M/0.1 1M/60",
                        "1M/0.05 1M/60.1 -1/5 0.5/5",
                        (b, v) -> b.policy(ServerPolicy.OPEN.withRateLimit(rateLimit(v)))));
    }

    @ParameterizedTest
    @MethodSource({"clientSteps", "serverSteps"})
    <B> void bothTakeTheSame(String option, List<String> taken, List<String> refused, Ways<B> ways) {
        for (String value : taken) {
            assertThat(ways.byStep(value))
                    .as("step of %s with %s", option, value)
                    .isNotNull();
            assertThat(ways.byOption(option, value)).as("%s %s", option, value).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource({"clientSteps", "serverSteps"})
    <B> void bothRefuseTheSame(String option, List<String> taken, List<String> refused, Ways<B> ways) {
        for (String value : refused) {
            assertRefused("step of " + option + " with " + value, () -> ways.byStep(value));
            assertRefused(option + " " + value, () -> ways.byOption(option, value));
        }
    }

    @Test
    void anEmptyHostIsRefusedByBoth() {
        for (String host : List.of("", " ", "%eth0")) {
            assertRefused("step", () -> Iperf.client(host));
            assertRefused("option", () -> IperfArguments.client(List.of("-c", host)));
        }
    }

    @Test
    void whatDependsOnTwoSettingsIsRefusedByBothBeforeTheTest() {
        ClientBuilder udp = Iperf.client("host").udp();

        for (int bytes : List.of(15, 65_508)) {
            assertRefused("blocks", () -> udp.blockBytes(bytes).config());
            assertRefused(
                    "-l", () -> IperfArguments.client(List.of("-c", "host", "-u", "-l", Integer.toString(bytes))));
        }
        assertRefused(
                "file", () -> udp.resources(new HostResources("file", null)).config());
        assertRefused("-F", () -> IperfArguments.client(List.of("-c", "host", "-u", "-F", "file")));
        assertThat(udp.resources(new HostResources("file", null))
                        .protocol(Protocol.TCP)
                        .config())
                .isNotNull();
        assertThat(udp.blockBytes(65_507).datagrams(DatagramSettings.DEFAULT).config())
                .isNotNull();
    }

    private static void assertRefused(String how, Supplier<?> attempt) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .as(how)
                .isThrownBy(() -> {
                    var _ = attempt.get();
                })
                .withMessageMatching("(?s).{10,}"); // a sentence
    }

    /// The two ways to set one value.
    ///
    /// @param start initial builder
    /// @param role initial arguments
    record Ways<B>(B start, List<String> role, Step<B> step) {
        B byStep(String value) {
            return step.set(start, value);
        }

        Object byOption(String option, String value) {
            List<String> arguments = new ArrayList<>(role);
            arguments.addAll(option.startsWith("--") ? List.of(option + "=" + value) : List.of(option, value));
            return role.equals(SERVER) ? IperfArguments.server(arguments) : IperfArguments.client(arguments);
        }
    }

    private static Arguments client(String option, String taken, String refused, Step<ClientBuilder> step) {
        return row(option, taken, refused, new Ways<>(Iperf.client("host"), CLIENT, step));
    }

    private static Arguments server(String option, String taken, String refused, Step<ServerBuilder> step) {
        return row(option, taken, refused, new Ways<>(Iperf.server(), SERVER, step));
    }

    /// @param taken accepted values, separated by spaces
    /// @param refused rejected values; separated by `|` if one of them is empty
    private static Arguments row(String option, String taken, String refused, Ways<?> ways) {
        return argumentSet(option, option, words(taken), words(refused), ways);
    }

    private static List<String> words(String text) {
        return List.of(text.split(text.contains("|") ? "\\|" : " ", -1));
    }

    private static long whole(String value) {
        return Long.parseLong(value);
    }

    private static int number(String value) {
        return Integer.parseInt(value);
    }

    private static Duration seconds(String value) {
        return Duration.ofNanos(Math.round(Double.parseDouble(value) * 1e9));
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(whole(value));
    }

    private static Pacing burst(String value) {
        String[] parts = value.split("/", -1);
        return Pacing.NONE.withTarget(Bitrate.parse(parts[0])).withBurstBlocks(number(parts[1]));
    }

    private static ServerPolicy.RateLimit rateLimit(String value) {
        String[] parts = value.split("/", -1);
        return new ServerPolicy.RateLimit(Bitrate.parse(parts[0]), seconds(parts[1]));
    }

    private static TestMetadata serverCore(String value) {
        return new TestMetadata(null, null, false, null, number(value.substring(value.indexOf(',') + 1)));
    }

    private static KeepAlive keepAlive(String value) {
        String[] parts = value.split("/", -1);
        return new KeepAlive(seconds(parts[0]), seconds(parts[1]), number(parts[2]));
    }
}
