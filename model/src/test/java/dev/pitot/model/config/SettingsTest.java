package dev.pitot.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each `with` method changes only the setting in its name.
class SettingsTest {
    private static final Bitrate RATE = new Bitrate(800);
    private static final KeepAlive KEEP_ALIVE = new KeepAlive(Duration.ofSeconds(9), Duration.ofSeconds(2), 3);

    @Test
    void optionsOfASocketAreSetOneByOne() {
        assertThat(SocketSettings.DEFAULT
                        .withWindowBytes(1)
                        .withMss(2)
                        .withNoDelay(true)
                        .withTos(3)
                        .withCongestion("cubic")
                        .withFlowLabel(4))
                .isEqualTo(new SocketSettings(1, 2, true, 3, "cubic", 4));
    }

    @Test
    void settingsOfPayloadsAreSetOneByOne() {
        assertThat(PayloadSettings.DEFAULT.withRepeating(true)).isEqualTo(new PayloadSettings(true, false, false));
        assertThat(PayloadSettings.DEFAULT.withZeroCopy(true)).isEqualTo(new PayloadSettings(false, true, false));
        assertThat(PayloadSettings.DEFAULT.withSkipReceiveCopy(true))
                .isEqualTo(new PayloadSettings(false, false, true));
    }

    @Test
    void settingsOfDatagramsAreSetOneByOne() {
        assertThat(DatagramSettings.DEFAULT.withWideCounters(true))
                .isEqualTo(new DatagramSettings(true, false, Offload.AUTOMATIC));
        assertThat(DatagramSettings.DEFAULT.withDontFragment(true))
                .isEqualTo(new DatagramSettings(false, true, Offload.AUTOMATIC));
        assertThat(DatagramSettings.DEFAULT.withOffload(Offload.ON))
                .isEqualTo(new DatagramSettings(false, false, Offload.ON));
    }

    @Test
    void timeoutsAreSetOneByOne() {
        assertThat(Timeouts.DEFAULT
                        .withConnect(Duration.ofSeconds(1))
                        .withReceive(Duration.ofSeconds(2))
                        .withSend(Duration.ofSeconds(3))
                        .withControlKeepAlive(KEEP_ALIVE))
                .isEqualTo(
                        new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), KEEP_ALIVE));
    }

    @Test
    void anEndOfItsOwnIsSetStepByStep() {
        var sctp = new SctpSettings(List.of("::1"), 2);

        assertThat(LocalBinding.ANY
                        .withHost("::1")
                        .withFamily(AddressFamily.V6)
                        .withClientPort(7)
                        .withDevice("lo")
                        .withSctp(sctp))
                .isEqualTo(new LocalBinding("::1", AddressFamily.V6, 7, "lo", sctp, HostResources.DEFAULT));
    }

    @Test
    void paceExtrasAndPolicyAreSetStepByStep() {
        var limit = new RateLimit(RATE, Duration.ofSeconds(1));

        assertThat(Pacing.NONE.withTarget(new Bitrate(7)).withBurstBlocks(2).withFairQueueRate(RATE))
                .isEqualTo(new Pacing(new Bitrate(7), 2, RATE));
        assertThat(TestMetadata.NONE.withTitle("a").withExtraData("b").withServerOutput(true))
                .isEqualTo(new TestMetadata("a", "b", true, null));
        assertThat(ServerPolicy.OPEN.withRateLimit(limit).withMaxDuration(Duration.ofSeconds(5)))
                .isEqualTo(new ServerPolicy(limit, Duration.ofSeconds(5), null));
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                missing("protocol", () -> TestConfig.builder().protocol(nothing())),
                missing("direction", () -> TestConfig.builder().direction(nothing())),
                missing("limit", () -> TestConfig.builder().limit(nothing())),
                missing("omit", () -> TestConfig.builder().omit(nothing())),
                missing("streams", () -> TestConfig.builder().streams(nothing())),
                missing("pacing", () -> TestConfig.builder().pacing(nothing())),
                missing("target", () -> TestConfig.builder().bitrate(nothing())),
                missing("fairQueueRate", () -> TestConfig.builder().fairQueueRate(nothing())),
                missing("socket", () -> TestConfig.builder().socket(nothing())),
                missing("payload", () -> TestConfig.builder().payload(nothing())),
                missing("datagrams", () -> TestConfig.builder().datagrams(nothing())),
                missing("metadata", () -> TestConfig.builder().metadata(nothing())),
                missing("host", () -> new Endpoint(nothing(), 1)),
                missing("length", () -> new ReportInterval(nothing())),
                missing("connect", () -> Timeouts.DEFAULT.withConnect(nothing())),
                missing("receive", () -> Timeouts.DEFAULT.withReceive(nothing())),
                missing("send", () -> Timeouts.DEFAULT.withSend(nothing())),
                missing("family", () -> LocalBinding.ANY.withFamily(nothing())),
                missing("sctp", () -> LocalBinding.ANY.withSctp(nothing())),
                missing("resources", () -> LocalBinding.ANY.with(nothing())),
                missing("idle", () -> new ServerConfig.Lifetime(false, nothing())),
                missing("rateLimit", () -> ServerPolicy.OPEN.withRateLimit(nothing())),
                missing("maxDuration", () -> ServerPolicy.OPEN.withMaxDuration(nothing())),
                missing("rate", () -> new RateLimit(nothing(), Duration.ZERO)),
                missing("user", () -> new Credentials(nothing(), "password", nothing())),
                missing("serverKey", () -> new Credentials("user", "password", nothing())),
                missing("key", () -> new Authorization(nothing(), (_, _) -> true)));
    }

    private static Arguments missing(String name, Supplier<?> make) {
        return argumentSet(name, name, make);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // a caller without null checks
    private static <T> T nothing() {
        return null;
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedByItsName(String name, Supplier<?> make) {
        assertThatNullPointerException()
                .isThrownBy(() -> {
                    var _ = make.get();
                })
                .withMessage(name + " is null");
    }

    @Test
    void keepAliveIsInWholeSeconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeepAlive(Duration.ofMillis(1_500), Duration.ZERO, 0))
                .withMessage("idle is not in whole seconds: PT1.5S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeepAlive(Duration.ZERO, Duration.ofMillis(10), 0))
                .withMessage("interval is not in whole seconds: PT0.01S");
    }

    @Test
    void aFurtherAddressIsNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SctpSettings(List.of("::1", " "), 0))
                .withMessage("an address is empty: [::1,  ]");
    }
}
