package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.Needs;
import dev.pitot.testkit.NginxProcess;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Measurements against the real nginx. Intervals are short, so that a test takes seconds.
@Needs(Tool.NGINX)
@Tag("slow")
@Timeout(120)
class RpmMeasurementTest {
    private static final RpmOptions SHORT = RpmOptions.DEFAULT
            .withInterval(Duration.ofMillis(250))
            .withLimit(Duration.ofSeconds(3))
            .withLoad(new RpmOptions.LoadPlan(1, 1, 2));

    @TempDir
    private Path folder;

    private NginxProcess nginx;

    @BeforeEach
    void start() throws Exception {
        nginx = NginxProcess.start(folder);
    }

    @AfterEach
    void stop() {
        nginx.close();
    }

    private RpmTarget config() {
        return new RpmTarget.Config(URI.create(nginx.url("")));
    }

    private RpmUrls urls(String large, String small, String upload) {
        return new RpmUrls(URI.create(nginx.url(large)), URI.create(nginx.url(small)), URI.create(nginx.url(upload)));
    }

    private TlsTrust trust() throws IOException {
        return TlsTrust.ofAuthorities(Files.readString(nginx.certificate()));
    }

    private RpmMeasurement measurement(RpmTarget target, RpmOptions options, RpmListener listener) throws IOException {
        return new RpmMeasurement(target, trust(), options, listener, System::nanoTime);
    }

    private RpmResult measure(RpmTarget target, RpmOptions options) throws IOException {
        return measurement(target, options, RpmListener.NONE).run();
    }

    @Test
    void bothDirectionsGetAScoreEachFromAllPhases() throws IOException {
        List<RpmProgress> seen = new ArrayList<>();

        RpmResult result = measurement(config(), SHORT, seen::add).run();

        assertThat(result.brokenOff()).isNull();
        assertThat(result.isCancelled()).isFalse();
        assertThat(result.urls()).isEqualTo(urls("/large", "/small", "/upload"));
        assertComplete(result.idle());
        assertThat(result.scores())
                .extracting(RpmScore::direction)
                .containsExactly(RpmDirection.DOWNLOAD, RpmDirection.UPLOAD);
        for (RpmScore score : result.scores()) {
            assertComplete(score.terms());
            assertThat(score.terms().rpm()).isPositive();
            assertThat(score.load().areMultiplexed()).isTrue();
            assertThat(score.load().connections()).isEqualTo(2);
        }
        assertThat(result.scores().getFirst().goodput().download()).isPositive();
        assertThat(result.scores().getFirst().goodput().upload()).isNull();
        assertThat(result.scores().getLast().goodput().download()).isNull();
        assertThat(result.scores().getLast().goodput().upload()).isPositive();
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(progress -> assertThat(progress.connections()).isBetween(1, 2));
    }

    private static void assertComplete(@Nullable RpmTerms terms) {
        Objects.requireNonNull(terms);
        assertThat(terms.tcp()).isPositive();
        assertThat(terms.tls()).isPositive();
        assertThat(terms.http()).isPositive();
        assertThat(terms.self()).isPositive();
        assertThat(terms.counts().foreign()).isPositive();
        assertThat(terms.counts().self()).isPositive();
    }

    @Test
    void bothAtOnceGiveOneScore() throws IOException {
        RpmResult result = measure(config(), SHORT.withBoth(true));

        assertThat(result.brokenOff()).isNull();
        assertThat(result.scores()).extracting(RpmScore::direction).containsExactly(RpmDirection.BOTH);
        RpmScore score = result.scores().getFirst();
        assertThat(score.goodput().download()).isPositive();
        assertThat(score.goodput().upload()).isPositive();
        assertThat(score.terms().rpm()).isPositive();
    }

    @Test
    void withoutTlsAndHttp2TheTermIsAbsentAndThereIsNoScore() throws IOException {
        var urls = new RpmUrls(
                URI.create(nginx.plainUrl("/large")),
                URI.create(nginx.plainUrl("/small")),
                URI.create(nginx.plainUrl("/upload")));

        RpmResult result = measure(new RpmTarget.Urls(urls), SHORT);

        assertThat(result.brokenOff()).isNull();
        assertThat(result.scores()).hasSize(2).allSatisfy(score -> {
            assertThat(score.load().areMultiplexed()).isFalse();
            assertThat(score.terms().tcp()).isPositive();
            assertThat(score.terms().tls()).isNull();
            assertThat(score.terms().self()).isNull();
            assertThat(score.terms().foreign()).isPositive();
            assertThat(score.terms().rpm()).isNull();
        });
        assertThat(result.scores().getLast().goodput().upload()).isPositive();
    }

    @Test
    void aServerThatIsGoneEndsItWithWhatIsKnown() throws IOException {
        RpmResult result = measurement(config(), SHORT.withLimit(Duration.ofMinutes(5)), _ -> nginx.close())
                .run();

        assertThat(result.brokenOff()).isNotBlank().doesNotContain("\n").doesNotContain("Exception");
        assertThat(result.idle()).isNotNull();
        assertThat(result.scores()).hasSize(1);
        assertThat(result.scores().getFirst().goodput().download()).isPositive();
        assertThat(result.isCancelled()).isFalse();
    }

    @Test
    void aCancelledMeasurementReturnsWhatIsKnownAndLeavesNoThread() throws IOException {
        var holder = new ArrayList<RpmMeasurement>();
        var options =
                SHORT.withLimit(Duration.ofMinutes(5)).withStability(new RpmOptions.StabilityPlan(100, 0.05, 0.95));
        holder.add(measurement(config(), options, _ -> holder.getFirst().cancel()));

        RpmResult result = holder.getFirst().run();

        assertThat(result.isCancelled()).isTrue();
        assertThat(result.brokenOff()).isNull();
        assertThat(result.scores()).hasSize(1);
        assertThat(result.scores().getFirst().confidence()).isEqualTo(RpmConfidence.LOW);
        long begin = System.nanoTime();
        while (!ownThreads().isEmpty()
                && System.nanoTime() - begin < Duration.ofSeconds(30).toNanos()) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(ownThreads()).isEmpty();
    }

    private static Set<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pitot-rpm") || name.startsWith("HttpClient"))
                .collect(Collectors.toSet());
    }

    @Test
    void aMeasurementThatWasCancelledBeforeMeasuresNothing() throws IOException {
        var measurement = measurement(config(), SHORT, RpmListener.NONE);
        measurement.cancel();

        assertThat(measurement.run()).isEqualTo(new RpmResult(null, null, List.of(), null, true));
        assertThatThrownBy(measurement::run).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCertificateThatNobodySignedIsNotTrusted() {
        var measurement = new RpmMeasurement(config(), TlsTrust.ofSystem(), SHORT, RpmListener.NONE, System::nanoTime);

        assertThatThrownBy(measurement::run)
                .isInstanceOf(RpmException.class)
                .hasMessageStartingWith("no trusted TLS connection to the server: ");
    }

    @Test
    void aCertificateOfAnotherNameIsNotTrustedUnlessAnyIs() throws IOException {
        var address = new RpmTarget.Config(URI.create(nginx.url("").replace("localhost", "127.0.0.1")));
        assertThatThrownBy(() -> measure(address, SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessageContaining("127.0.0.1");

        RpmResult result = new RpmMeasurement(
                        new RpmTarget.Urls(new RpmUrls(
                                URI.create("https://127.0.0.1:"
                                        + URI.create(nginx.url("")).getPort() + "/large"),
                                URI.create("https://127.0.0.1:"
                                        + URI.create(nginx.url("")).getPort() + "/small"),
                                URI.create("https://127.0.0.1:"
                                        + URI.create(nginx.url("")).getPort() + "/upload"))),
                        TlsTrust.insecure(),
                        SHORT,
                        RpmListener.NONE,
                        System::nanoTime)
                .run();

        assertThat(result.brokenOff()).isNull();
        assertThat(result.scores()).hasSize(2);
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThatThrownBy(() -> measure(new RpmTarget.Config(URI.create(nginx.url("/moved"))), SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessageContaining("redirects (status 302) to ")
                .hasMessageContaining("give that URL");
    }

    @Test
    void aBusyServerSaysWhenToTryAgain() {
        assertThatThrownBy(() -> measure(new RpmTarget.Config(URI.create(nginx.url("/busy"))), SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessage("the server is busy (status 429 at " + nginx.url("/busy") + "): try again in 7 s");
    }

    @Test
    void aLoadOfAFewBytesIsNone() throws IOException {
        RpmResult result = measure(new RpmTarget.Urls(urls("/small", "/small", "/upload")), SHORT);

        assertThat(result.brokenOff()).startsWith(nginx.url("/small") + " ended after 1 bytes: ");
        assertThat(result.idle()).isNotNull();
    }

    @Test
    void aMissingObjectIsNamed() throws IOException {
        assertThat(measure(new RpmTarget.Urls(urls("/none", "/small", "/upload")), SHORT)
                        .brokenOff())
                .isEqualTo(nginx.url("/none") + " answers with status 404 instead of 200");
        assertThatThrownBy(() -> measure(new RpmTarget.Urls(urls("/large", "/none", "/upload")), SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessageContaining("404");
    }

    @Test
    void theLargeObjectIsNotTakenForAConfigurationOrASmallObject() {
        assertThatThrownBy(() -> measure(new RpmTarget.Config(URI.create(nginx.url("/large"))), SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessage(nginx.url("/large") + " has more than 65536 bytes");
        assertThatThrownBy(() -> measure(new RpmTarget.Urls(urls("/large", "/large", "/upload")), SHORT))
                .isInstanceOf(RpmException.class)
                .hasMessage(nginx.url("/large") + " has more than 65536 bytes");
    }
}
