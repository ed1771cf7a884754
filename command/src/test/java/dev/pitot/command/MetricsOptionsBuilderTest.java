package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.command.MetricsOptions.Access;
import dev.pitot.command.MetricsOptions.File;
import dev.pitot.command.MetricsOptions.Format;
import dev.pitot.command.MetricsOptions.Label;
import dev.pitot.command.MetricsOptions.Listen;
import dev.pitot.command.MetricsOptions.Names;
import dev.pitot.command.MetricsOptions.Pace;
import dev.pitot.command.MetricsOptions.Push;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsOptionsBuilderTest {
    private static final Access NOTHING_TO_SHOW = new Access(null, null, null, null);
    private static final Pace USUAL_PACE = new Pace(null, Duration.ofSeconds(5), 0, false);
    private static final Names OWN_NAMES = new Names(Names.Style.PITOT, null);

    @TempDir
    Path folder;

    @Test
    void figuresGoNowhereUnlessToldSo() throws UsageException {
        assertThat(parse("-c h", Map.of())).isEqualTo(MetricsOptions.NONE);
        assertThat(MetricsOptions.NONE.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c h --metrics.file - | invalid value '-' for --metrics.file: the path of a file is needed",
                "-c h --metrics.file= | invalid value '' for --metrics.file: the path of a file is needed",
                "-c h --metrics.file a.log --logfile a.log | --metrics.file and --logfile need different files"
            })
    void aFileOfFiguresHasAPathOfItsOwn(String line, String sentence) {
        assertThatThrownBy(() -> parse(line, Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    @Test
    void aGatewayNeedsNoMoreThanItsAddress() throws UsageException {
        assertThat(parse("-s --push.url gw:9091", Map.of()))
                .isEqualTo(new MetricsOptions(
                        new Push("gw:9091", "iperf3", List.of(), USUAL_PACE, null, NOTHING_TO_SHOW),
                        null,
                        OWN_NAMES,
                        null));
    }

    @Test
    void everythingThatCanBeSaidOfAGateway() throws UsageException, IOException {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        MetricsOptions options = parse(
                "-c h --push.url https://gw --push.job j --push.label a=1 --push.label b=x=y --push.interval 1.5m"
                        + " --push.timeout 500ms --push.retries 3 --push.user-agent me --push.delete-on-exit"
                        + " --push.ca ca.pem --push.token-file " + token,
                Map.of());

        assertThat(options.push())
                .isEqualTo(new Push(
                        "https://gw",
                        "j",
                        List.of(new Label("a", "1"), new Label("b", "x=y")),
                        new Pace(Duration.ofSeconds(90), Duration.ofMillis(500), 3, true),
                        "me",
                        new Access("ca.pem", "t0ken", null, null)));
        assertThat(String.valueOf(options)).doesNotContain("t0ken");
    }

    @Test
    void aUserHasAPassword() throws UsageException, IOException {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Push push = Objects.requireNonNull(
                parse("-c h --push.url u --push.user me --push.password-file " + password, Map.of())
                        .push());

        assertThat(push.access()).isEqualTo(new Access(null, null, "me", "secret"));
        assertThat(push.toString()).doesNotContain("secret");
    }

    @Test
    void everythingThatCanBeSaidOfAFile() throws UsageException {
        assertThat(parse("-c h --metrics.file f", Map.of()).file()).isEqualTo(new File("f", Format.JSONL, List.of()));
        assertThat(parse("-c h --metrics.file f --metrics.format csv", Map.of()).file())
                .isEqualTo(new File("f", Format.CSV, List.of()));
        MetricsOptions options = parse(
                "-c h --metrics.file f --metrics.format prometheus --metrics.label job=x --metrics.names iperf3-rs"
                        + " --metrics.prefix p",
                Map.of());
        assertThat(options.file()).isEqualTo(new File("f", Format.PROMETHEUS, List.of(new Label("job", "x"))));
        assertThat(options.names()).isEqualTo(new Names(Names.Style.IPERF3_RS, "p"));
    }

    @ParameterizedTest
    @CsvSource({
        ":9100, '', 9100",
        "9100, '', 9100",
        "127.0.0.1:0, 127.0.0.1, 0",
        "[::1]:9100, ::1, 9100",
        "name.example:65535, name.example, 65535"
    })
    void prometheusIsServedWhereItIsWished(String text, String host, int port) throws UsageException {
        assertThat(parse("-s --metrics.listen " + text, Map.of()).listen()).isEqualTo(new Listen(host, port));
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "2s, 2000", "3, 3000", "2m, 120000", "1h, 3600000", "0.5s, 500"})
    void lengthsOfTimeHaveUnits(String text, long millis) throws UsageException {
        Push push = Objects.requireNonNull(
                parse("-s --push.url u --push.interval " + text, Map.of()).push());

        assertThat(push.pace().window()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void everyOptionHasAVariableWhichIsWeakerThanTheLine() throws UsageException {
        Map<String, String> variables = Map.of(
                "IPERF3_PUSH_URL", "gw",
                "IPERF3_PUSH_JOB", "theirs",
                "IPERF3_PUSH_LABELS", "a=1,b=2",
                "IPERF3_PUSH_DELETE_ON_EXIT", "YES",
                "IPERF3_METRICS_FILE", "f",
                "IPERF3_METRICS_FORMAT", " influx ",
                "IPERF3_METRICS_LABELS", "site=x",
                "IPERF3_PUSH_RETRIES", " ");
        MetricsOptions options = parse("-s --push.job mine --push.label b=3 --push.label c=4", variables);

        assertThat(options.push())
                .isEqualTo(new Push(
                        "gw",
                        "mine",
                        List.of(new Label("a", "1"), new Label("b", "3"), new Label("c", "4")),
                        new Pace(null, Duration.ofSeconds(5), 0, true),
                        null,
                        NOTHING_TO_SHOW));
        assertThat(options.file()).isEqualTo(new File("f", Format.INFLUX, List.of(new Label("site", "x"))));
        assertThat(MetricsOptionTable.ROWS.stream()
                        .map(MetricsOptionsBuilder::variable)
                        .collect(Collectors.toSet()))
                .containsAll(variables.keySet())
                .contains("IPERF3_METRICS_LISTEN", "IPERF3_METRICS_PREFIX", "IPERF3_PUSH_USER_AGENT")
                .hasSize(MetricsOptionTable.ROWS.size());
    }

    @Test
    void variablesOfATargetThatIsNotThereAreForOtherRuns() throws UsageException {
        Map<String, String> variables = Map.of(
                "IPERF3_PUSH_JOB", "j",
                "IPERF3_PUSH_TIMEOUT", "nonsense",
                "IPERF3_METRICS_FORMAT", "prometheus",
                "IPERF3_METRICS_PREFIX", "p",
                "IPERF3_PUSH_URL", "");

        assertThat(parse("-c h", variables)).isEqualTo(MetricsOptions.NONE);
    }

    @Test
    void helpAndVersionDoNotLookAtVariables() throws UsageException {
        Environment broken = _ -> "nonsense";

        assertThat(CommandLine.parse(List.of("-h"), () -> null, broken))
                .isEqualTo(new Request.Help(CommandLine.help()));
        assertThat(CommandLine.parse(List.of("-v"), () -> null, broken)).isEqualTo(new Request.Version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--push.job j | --push.job needs --push.url",
                "--push.label a=b | --push.label needs --push.url",
                "--push.delete-on-exit | --push.delete-on-exit needs --push.url",
                "--metrics.format csv | --metrics.format needs --metrics.file",
                "--metrics.label a=b | --metrics.label needs --metrics.file",
                "--metrics.file f --metrics.label a=b | --metrics.label needs --metrics.format prometheus or influx",
                "--metrics.prefix p | --metrics.prefix needs --push.url, or --metrics.file with --metrics.format"
                        + " prometheus",
                "--push.url u --metrics.prefix p | --metrics.prefix needs --metrics.names iperf3-rs: Pitot's own names always"
                        + " begin with pitot_",
                "--push.url u --metrics.names x | invalid value 'x' for --metrics.names: pitot or iperf3-rs is needed",
                "--push.url u --push.label a | invalid value 'a' for --push.label: NAME=VALUE is needed",
                "--push.url u --push.label a=1 --push.label a=2 | duplicate label 'a' in --push.label",
                "--push.url u --push.retries 11 | invalid value '11' for --push.retries: a number from 0 to 10 is needed",
                "--push.url u --push.timeout 0s | invalid value '0s' for --push.timeout: a time above 0 is needed",
                "--push.url u --push.timeout 5x | invalid value '5x' for --push.timeout: a time like 500ms, 10s, 1.5m"
                        + " or 1h is needed",
                "--push.url u --push.delete-on-exit=maybe | invalid value 'maybe' for --push.delete-on-exit: true or"
                        + " false is needed",
                "--push.url u --push.user me | --push.user and --push.password-file must be used together",
                "--push.url u --push.token-file /no/such | unable to read /no/such (--push.token-file): No such file or"
                        + " directory",
                "--metrics.file f --metrics.format xml | invalid value 'xml' for --metrics.format: jsonl, prometheus,"
                        + " csv or influx is needed",
                "--metrics.listen ::1:80 | invalid value '::1:80' for --metrics.listen: ADDRESS:PORT, like"
                        + " 127.0.0.1:9100, [::1]:9100 or :9100, is needed",
                "--metrics.listen h:70000 | invalid value 'h:70000' for --metrics.listen: ADDRESS:PORT, like"
                        + " 127.0.0.1:9100, [::1]:9100 or :9100, is needed"
            })
    void whatDoesNotGoTogetherIsToldInASentence(String line, String sentence) {
        assertThatThrownBy(() -> parse("-c h " + line, Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    @Test
    void aWrongVariableIsNamed() {
        assertThatThrownBy(() -> parse("-c h", Map.of("IPERF3_PUSH_URL", "u", "IPERF3_PUSH_RETRIES", "many")))
                .hasMessage("parameter error - invalid value 'many' for IPERF3_PUSH_RETRIES: a number from 0 to 10 is"
                        + " needed");
    }

    @Test
    void loopbackHasNoFiguresAndMindsNoVariablesOfTheirs() throws UsageException {
        Map<String, String> variables = Map.of("IPERF3_METRICS_FILE", "f", "IPERF3_METRICS_FORMAT", "nonsense");

        var loopback = (Request.Loopback) CommandLine.parse(List.of("loopback"), () -> null, variables::get);

        assertThat(loopback.settings().metrics()).isEqualTo(MetricsOptions.NONE);
    }

    @Test
    void twoDashesEndTheReading() throws UsageException {
        assertThat(parse("-c h -- --push.job j", Map.of())).isEqualTo(MetricsOptions.NONE);
    }

    @Test
    void noAbbreviationOfIperf3sChangesItsMeaning() throws UsageException {
        var client = (Request.Client) CommandLine.parse(List.of("-c", "h", "--m"), () -> null, Environment.NONE);

        assertThat(client.config().test().protocol()).isEqualTo(dev.pitot.model.config.Protocol.MULTIPATH_TCP);
        assertThatThrownBy(() -> parse("-c h --push.u x", Map.of())).hasMessage("unrecognized option '--push.u'");
    }

    private static MetricsOptions parse(String line, Map<String, String> variables) throws UsageException {
        Request request = CommandLine.parse(List.of(line.split(" ")), () -> null, variables::get);
        return switch (request) {
            case Request.Client client -> client.settings().metrics();
            case Request.Server server -> server.settings().metrics();
            case Request.Help _, Request.Version _, Request.ShellCompletion _, Request.Loopback _ ->
                throw new AssertionError(request);
        };
    }
}
