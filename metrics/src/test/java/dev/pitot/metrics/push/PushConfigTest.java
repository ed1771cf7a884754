package dev.pitot.metrics.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.metrics.LabelSet;
import dev.pitot.metrics.push.PushGroup.Slashes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushConfigTest {
    private static PushGroup group(String job, LabelSet labels, Slashes slashes) {
        return new PushGroup(job, labels, slashes);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9091, http://localhost:9091/metrics/job/iperf3",
        "' http://h ', http://h/metrics/job/iperf3",
        "https://h:1/base/path///, https://h:1/base/path/metrics/job/iperf3",
        "HTTP://h, HTTP://h/metrics/job/iperf3",
        "http://[::1]:9091/, http://[::1]:9091/metrics/job/iperf3"
    })
    void endpointsAreReadAsPeopleWriteThem(String text, String address) {
        assertThat(PushConfig.to(text).groupAddress()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "http://",
                "http:///x",
                "ftp://h",
                "http://h/?q=1",
                "http://h/#x",
                "a b",
                "://",
                "h:0",
                "h:65536",
                "h:99999999999"
            })
    void whatIsNoEndpointIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushConfig.parseEndpoint(text))
                .withMessageStartingWith("the address of the Pushgateway must ");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushConfig.parseEndpoint("http://user:geheim@h"))
                .withMessage("the address of the Pushgateway must not contain a user name or password; use"
                        + " --push.user and --push.password-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushConfig.parseEndpoint("http://user:geheim@h h"))
                .withMessageNotContaining("geheim");
    }

    @Test
    void theDefaultsAreThoseOfIperf3Rs() {
        PushConfig config = PushConfig.to("h");

        assertThat(config.group()).isEqualTo(group("iperf3", LabelSet.NONE, Slashes.PERCENT));
        assertThat(config.delivery().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.delivery().retries()).isZero();
        assertThat(config.deleteOnFinish()).isFalse();
    }

    @Test
    void partsOfTheAddressArePercentEncodedInOrder() {
        PushGroup group = group("test/one", LabelSet.NONE, Slashes.PERCENT)
                .with("site", "a b%ü")
                .with("x", "-_.~09AZaz")
                .with("b", "+:@?#&=");

        assertThat(group.path())
                .isEqualTo("/metrics/job/test%2Fone/site/a%20b%25%C3%BC/x/-_.~09AZaz/b/%2B%3A%40%3F%23%26%3D");
    }

    @Test
    void valuesThatNoPartCanHoldAreInBase64() {
        PushGroup group = group("a/b", LabelSet.NONE, Slashes.BASE64)
                .with("path", "/var/tmp?~")
                .with("empty", "")
                .with("up", "..")
                .with("plain", "x");

        assertThat(group.path())
                .isEqualTo("/metrics/job@base64/YS9i/path@base64/L3Zhci90bXA_fg/empty@base64/=/up@base64/Li4/plain/x");
    }

    @Test
    void groupsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> group("", LabelSet.NONE, Slashes.PERCENT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushGroup.DEFAULT.with("job", "x"))
                .withMessage("a Pushgateway's label cannot be named 'job'; set the job instead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushGroup.DEFAULT.with("a", "x").with("a", "y"));
    }

    @Test
    void deliveriesHaveBounds() {
        Duration second = Duration.ofSeconds(1);

        assertThat(new PushDelivery(second, 10, "x").retries()).isEqualTo(10);
        assertThatIllegalArgumentException().isThrownBy(() -> new PushDelivery(Duration.ZERO, 0, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PushDelivery(second, 11, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PushDelivery(second, -1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PushDelivery(second, 0, " "));
        assertThatIllegalArgumentException().isThrownBy(() -> new PushDelivery(second, 0, "a\r\nb: c"));
    }

    @Test
    void secretsAreNotShown() {
        var bearer = new PushSecurity(new PushCredentials.Bearer("geheim"), null, null);
        var basic = new PushSecurity(new PushCredentials.Basic("me", "geheim"), null, null);
        var identity = new PushSecurity.Identity("certificate", "geheim");

        assertThat(PushConfig.to("h").with(bearer).toString()).doesNotContain("geheim");
        assertThat(PushConfig.to("h").with(basic).toString()).contains("me").doesNotContain("geheim");
        assertThat(identity.toString()).doesNotContain("geheim");
    }

    @Test
    void credentialsCannotAddHeaders() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PushCredentials.Bearer("geheim\r\nX: y"))
                .withMessageNotContaining("geheim");
        assertThatIllegalArgumentException().isThrownBy(() -> new PushCredentials.Basic("a:b", "c"));
    }

    @Test
    void certificatesThatAreNoneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PushSecurity(new PushCredentials.None(), "nonsense", null))
                .withMessage("the authority certificate for the Pushgateway must be PEM text with"
                        + " -----BEGIN CERTIFICATE-----");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PushSecurity(
                        new PushCredentials.None(), null, new PushSecurity.Identity("nonsense", "geheim")))
                .withMessageNotContaining("geheim");
    }
}
