package dev.pitot.metrics.http;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pitot.metrics.prometheus.LiveMetrics;
import dev.pitot.metrics.prometheus.Played;
import dev.pitot.metrics.prometheus.ProbeMetrics;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.TestRole;
import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.TestEventFixture;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks that the files in deploy/ and docs/ use existing metrics.
class DeploymentTest {
    private static final Pattern NAME = Pattern.compile("\\bpitot_[a-z_]+");

    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern FIRING = Pattern.compile("alertname: (\\w+)\\s+exp_alerts:\\s+- exp_labels:");

    private final Set<String> exposed = new TreeSet<>();

    private static Path root() {
        Path told = Path.of(System.getProperty("pitot.root", ".."));
        return Files.isDirectory(told.resolve("deploy")) ? told : Path.of("..");
    }

    @BeforeEach
    void expose() {
        var metrics = new LiveMetrics("1", InstantSource.system());
        Played.everything(metrics);
        var probes = new ProbeMetrics();
        new TestEventFixture(TestRole.CLIENT, StreamRole.SENDER, Protocol.TCP)
                .whole(1_000)
                .forEach(probes::onEvent);
        Stream.of(metrics.text(), probes.page(true, Duration.ZERO, null).text())
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, Math.min(indexOr(line, '{'), indexOr(line, ' '))))
                .forEach(exposed::add);
    }

    private static int indexOr(String line, char mark) {
        int at = line.indexOf(mark);
        return at < 0 ? line.length() : at;
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(match -> match.group()).collect(toCollection(TreeSet::new));
    }

    private static String queries(Path dashboard) throws IOException {
        var queries = new StringBuilder();
        try (JsonParser json = JsonFactory.builder().build().createParser(dashboard.toFile())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING
                        && json.currentName() != null
                        && Set.of("expr", "definition", "query").contains(json.currentName())) {
                    queries.append(json.getText()).append('\n');
                }
            }
        }
        return queries.toString();
    }

    @Test
    void theDashboardAsksForMetricsThatExist() throws IOException {
        Set<String> asked = names(queries(root().resolve("deploy/grafana/pitot.json")));

        assertThat(asked).hasSizeGreaterThan(10).isSubsetOf(exposed);
    }

    @Test
    void theRulesAskForMetricsThatExist() throws IOException {
        Set<String> asked = names(Files.readString(root().resolve("deploy/rules.yml")));

        assertThat(asked).hasSizeGreaterThan(3).isSubsetOf(exposed);
    }

    @Test
    void theDashboardShowsProbes() throws IOException {
        assertThat(names(queries(root().resolve("deploy/grafana/pitot.json"))))
                .contains("pitot_probe_success", "pitot_probe_throughput_bytes_per_second");
    }

    /// The rule tests themselves are run by promtool.
    @Test
    void eachAlertHasATestInWhichItFires() throws IOException {
        String rules = Files.readString(root().resolve("deploy/rules.yml"));
        String tests = Files.readString(root().resolve("deploy/rules-test.yml"));

        Set<String> alerts = firstGroups(ALERT, rules);

        assertThat(alerts).hasSizeGreaterThan(6);
        assertThat(firstGroups(FIRING, tests)).isEqualTo(alerts);
    }

    private static Set<String> firstGroups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
    }

    @Test
    void theTableOfNamesHasEveryMetric() throws IOException {
        Set<String> described = names(Files.readString(root().resolve("docs/metrics.md")));

        assertThat(described).containsAll(exposed);
    }

    @Needs(Tool.PROMETHEUS)
    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yml", "check rules rules.yml", "test rules rules-test.yml"})
    void promtoolAccepts(String words) throws IOException, InterruptedException {
        Path folder = root().resolve("deploy").toAbsolutePath();
        List<String> command = List.of("sh", "-c", "cd \"$0\" && exec promtool " + words, folder.toString());
        try (ChildProcess promtool = ChildProcess.start(command)) {
            ChildProcess.Exit exit = promtool.awaitExit();

            assertThat(exit.code()).as(exit.stdout() + exit.stderr()).isZero();
        }
    }

    @Test
    void theComposeFileTakesPasswordsFromTheEnvironmentAndPinsImages() throws IOException {
        String compose = Files.readString(root().resolve("deploy/compose.yaml"));

        assertThat(compose).contains("GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_PASSWORD:?");
        assertThat(compose.lines().filter(line -> line.contains("image:") && !line.endsWith("image: pitot")))
                .hasSize(3)
                .allMatch(line -> line.matches(".*:v?\\d+\\.\\d+\\.\\d+"));
    }
}
