package dev.pitot.command;

import static dev.pitot.command.OptionRow.client;
import static dev.pitot.command.OptionRow.named;
import static dev.pitot.command.OptionRow.output;
import static dev.pitot.command.OptionRow.runSettings;
import static dev.pitot.command.OptionRow.server;
import static dev.pitot.command.OptionRow.socket;
import static dev.pitot.command.OptionRow.streams;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.unit.Bitrate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    private static final Bitrate UDP_RATE = new Bitrate(1024 * 1024);

    static Stream<OptionRow> rows() {
        return Stream.of(
                        testRows(),
                        streamRows(),
                        protocolRows(),
                        socketRows(),
                        probeRows(),
                        EndRows.endRows(),
                        EndRows.waitingRows(),
                        EndRows.keepAliveRows(),
                        EndRows.policyRows(),
                        outputRows())
                .flatMap(Function.identity());
    }

    private static Stream<OptionRow> testRows() {
        var tenSeconds = new Limit.ForDuration(Duration.ofSeconds(10));
        return Stream.of(
                client(
                        named("time"),
                        "-t 3",
                        c -> c.test().limit(),
                        tenSeconds,
                        new Limit.ForDuration(Duration.ofSeconds(3))),
                client(
                        named("time"),
                        "-t 3 -t 5",
                        c -> c.test().limit(),
                        tenSeconds,
                        new Limit.ForDuration(Duration.ofSeconds(5))),
                client(named("time"), "--time=0", c -> c.test().limit(), tenSeconds, new Limit.Endless()),
                client(named("bytes"), "-n 1.5K", c -> c.test().limit(), tenSeconds, new Limit.ForBytes(1536)),
                client(named("bytes"), "--bytes 0", c -> c.test().limit(), tenSeconds, tenSeconds),
                client(named("blockcount"), "-k 2k", c -> c.test().limit(), tenSeconds, new Limit.ForBlocks(2048)),
                client(named("blockcount"), "--blockcount 0", c -> c.test().limit(), tenSeconds, tenSeconds),
                client(named("omit"), "-O 2", c -> c.test().omit(), Duration.ZERO, Duration.ofSeconds(2)),
                client(named("reverse"), "-R", c -> c.test().direction(), Direction.FORWARD, Direction.REVERSE),
                client(
                        named("bidir"),
                        "--bidir",
                        c -> c.test().direction(),
                        Direction.FORWARD,
                        Direction.BIDIRECTIONAL),
                client(named("title"), "-T x", c -> c.test().metadata().title(), null, "x"),
                client(
                        named("extra-data"),
                        "--extra-data y",
                        c -> c.test().metadata().extraData(),
                        null,
                        "y"),
                client(
                        named("get-server-output"),
                        "--get-server-output",
                        c -> c.test().metadata().serverOutput(),
                        false,
                        true));
    }

    private static Stream<OptionRow> streamRows() {
        return Stream.of(
                streams(named("parallel"), "-P4", StreamSettings::parallel, 1, 4),
                streams(named("length"), "-l 8K", StreamSettings::blockBytes, 131_072, 8192),
                streams(named("length"), "--length 0", StreamSettings::blockBytes, 131_072, 131_072),
                streams(named("length"), "-l 1400 -u", StreamSettings::blockBytes, 131_072, 1400),
                streams(named("length"), "-u -l 0", StreamSettings::blockBytes, 131_072, 0),
                streams(named("length"), "-l 0 --sctp", StreamSettings::blockBytes, 131_072, 65_536),
                streams(
                        named("bitrate"),
                        "-b10M",
                        s -> s.pacing().target(),
                        Bitrate.UNLIMITED,
                        new Bitrate(10_000_000)),
                streams(named("bitrate"), "-u -b 0", s -> s.pacing().target(), Bitrate.UNLIMITED, Bitrate.UNLIMITED),
                streams(named("bitrate"), "--bandwidth 1k/7", s -> s.pacing().burstBlocks(), 0, 7),
                streams(named("bitrate"), "-b 1k/7 -b 2k", s -> s.pacing().burstBlocks(), 0, 7),
                streams(
                        named("fq-rate"),
                        "--fq-rate 5m",
                        s -> s.pacing().fairQueueRate(),
                        Bitrate.UNLIMITED,
                        new Bitrate(5_000_000)),
                streams(named("fq-rate"), "--fq-rate 5m -u", s -> s.pacing().target(), Bitrate.UNLIMITED, UDP_RATE),
                streams(
                        named("no-fq-socket-pacing"),
                        "--fq-rate 5m --no-fq-socket-pacing",
                        s -> s.pacing().fairQueueRate(),
                        Bitrate.UNLIMITED,
                        Bitrate.UNLIMITED),
                streams(
                        named("pacing-timer"),
                        "--pacing-timer 2k",
                        s -> s.pacing().timerMicros(),
                        1000L,
                        2048L));
    }

    private static Stream<OptionRow> protocolRows() {
        return Stream.of(
                client(named("udp"), "-u", c -> c.test().protocol(), Protocol.TCP, Protocol.UDP),
                streams(named("udp"), "--udp", s -> s.pacing().target(), Bitrate.UNLIMITED, UDP_RATE),
                client(named("sctp"), "--sctp", c -> c.test().protocol(), Protocol.TCP, Protocol.SCTP),
                client(named("mptcp"), "-m", c -> c.test().protocol(), Protocol.TCP, Protocol.MULTIPATH_TCP),
                client(named("mptcp"), "-u --mptcp", c -> c.test().protocol(), Protocol.TCP, Protocol.MULTIPATH_TCP),
                new OptionRow(named("mptcp"), "-s", "-m", Request.Server.class::isInstance, true, true),
                client(named("nstreams"), "--nstreams 5", c -> c.local().sctp().streams(), 0, 5),
                streams(
                        named("nstreams"),
                        "--nstreams 5",
                        s -> s.pacing().target(),
                        Bitrate.UNLIMITED,
                        Bitrate.UNLIMITED),
                client(
                        named("xbind"),
                        "-X a --xbind b",
                        c -> c.local().sctp().addresses(),
                        List.of(),
                        List.of("a", "b")),
                server(named("xbind"), "-Xa", s -> s.local().sctp().addresses(), List.of(), List.of("a")),
                streams(named("zerocopy"), "-Z", s -> s.payload().zeroCopy(), false, true),
                streams(
                        named("skip-rx-copy"),
                        "--skip-rx-copy",
                        s -> s.payload().skipReceiveCopy(),
                        false,
                        true),
                streams(
                        named("repeating-payload"),
                        "--repeating-payload",
                        s -> s.payload().repeating(),
                        false,
                        true),
                streams(
                        named("udp-counters-64bit"),
                        "--udp-counters-64bit",
                        s -> s.datagrams().wideCounters(),
                        false,
                        true),
                streams(
                        named("dont-fragment"),
                        "--dont-fragment",
                        s -> s.datagrams().dontFragment(),
                        false,
                        true),
                streams(named("gsro"), "--gsro", s -> s.datagrams().offload(), Offload.AUTOMATIC, Offload.ON),
                streams(named("no-gsro"), "--no-gsro", s -> s.datagrams().offload(), Offload.AUTOMATIC, Offload.OFF));
    }

    private static Stream<OptionRow> probeRows() {
        return Stream.of(
                probe("probe-rate", "--probe-rate 20", ProbeSettings.DEFAULT.withPerSecond(20)),
                probe("no-probe", "--no-probe", ProbeSettings.DEFAULT.withPerSecond(0)),
                probe("no-idle-probe", "--no-idle-probe", ProbeSettings.DEFAULT.withIdle(false)),
                probe("probe", "--probe a:22", ProbeSettings.DEFAULT.withTarget(new Endpoint("a", 22))),
                probe("probe", "--probe [::1]:22", ProbeSettings.DEFAULT.withTarget(new Endpoint("::1", 22))));
    }

    private static OptionRow probe(String name, String line, ProbeSettings meaning) {
        return client(named(name), line, c -> c.test().metadata().probe(), ProbeSettings.NONE, meaning);
    }

    @Test
    void aProgramProbesUnlessItIsToldNotTo() throws Exception {
        assertThat(parsed("-c h").probe()).isEqualTo(ProbeSettings.DEFAULT);
        assertThat(parsed("-c h --no-probe").probe().perSecond()).isZero();
        assertThat(parsed("-c h --no-idle-probe --no-probe").probe()).isEqualTo(ProbeSettings.NONE);
        assertThat(parsed("-c h --no-probe --probe-rate 5").probe().perSecond()).isZero();
        assertThat(parsed("-c h --probe-rate 5 --no-probe").probe().perSecond()).isZero();
        assertThat(parsed("-c h --probe-rate 5").probe()).isEqualTo(ProbeSettings.DEFAULT.withPerSecond(5));
    }

    private static Request.Client parsed(String line) throws UsageException {
        return (Request.Client) CommandLine.parse(List.of(line.split(" ")), () -> null, Environment.NONE);
    }

    private static Stream<OptionRow> socketRows() {
        return Stream.of(
                socket(named("window"), "-w 1M", SocketSettings::windowBytes, 0, 1024 * 1024),
                socket(named("set-mss"), "-M 1400", SocketSettings::mss, 0, 1400),
                socket(named("no-delay"), "-N", SocketSettings::noDelay, false, true),
                socket(named("congestion"), "-C reno", SocketSettings::congestion, null, "reno"),
                socket(named("congestion"), "--linux-congestion bbr", SocketSettings::congestion, null, "bbr"),
                socket(named("tos"), "-S 0x34", SocketSettings::tos, 0, 0x34),
                socket(named("tos"), "-S 064", SocketSettings::tos, 0, 52),
                socket(named("tos"), "-S 52", SocketSettings::tos, 0, 52),
                socket(named("flowlabel"), "-L 0xfffff", SocketSettings::flowLabel, 0, 0xfffff),
                socket(named("flowlabel"), "--flowlabel 010", SocketSettings::flowLabel, 0, 8),
                socket(named("dscp"), "--dscp EF", SocketSettings::tos, 0, 184),
                socket(named("dscp"), "--dscp 46", SocketSettings::tos, 0, 184),
                socket(named("dscp"), "--dscp reliability", SocketSettings::tos, 0, 4));
    }

    private static Stream<OptionRow> outputRows() {
        return Stream.of(
                output(named("json"), "-J", OutputOptions::form, Form.TEXT, Form.JSON),
                output(named("json-stream"), "--json-stream", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(named("json-stream"), "--json-stream -J", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(
                        named("json-stream-full-output"),
                        "-J --json-stream-full-output",
                        OutputOptions::form,
                        Form.TEXT,
                        Form.JSON),
                output(
                        named("json-stream-full-output"),
                        "--json-stream-full-output --json-stream",
                        OutputOptions::form,
                        Form.TEXT,
                        Form.JSON_STREAM_AND_DOCUMENT),
                output(named("format"), "-f Mbits", o -> o.detail().unit(), 'a', 'M'),
                output(named("verbose"), "-V", o -> o.detail().verbose(), false, true),
                output(named("debug"), "-d", o -> o.detail().debugLevel(), 0, 4),
                output(named("debug"), "--debug=2", o -> o.detail().debugLevel(), 0, 2),
                output(named("debug"), "--debug=-1", o -> o.detail().debugLevel(), 0, 4),
                output(named("no-findings"), "--no-findings", o -> o.detail().findings(), true, false),
                output(named("timestamps"), "--timestamps", o -> o.prefix().timestampFormat(), null, "%c "),
                output(named("timestamps"), "--timestamps=%s_", o -> o.prefix().timestampFormat(), null, "%s_"),
                output(named("title"), "--title mine", o -> o.prefix().title(), null, "mine"),
                output(named("logfile"), "--logfile f", OutputOptions::logFile, null, "f"),
                output(named("forceflush"), "--forceflush", OutputOptions::notices, Notices.NONE, Notices.NONE),
                runSettings(named("pidfile"), "-I p", s -> s.pidFile(), null, "p"),
                runSettings(named("socket"), "--socket linux", s -> s.socketFamily(), null, "linux"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionHasItsDefaultAndItsMeaning(OptionRow row) throws UsageException {
        assertThat(row.reads().apply(parse(row.base()))).isEqualTo(row.without());
        assertThat(row.reads().apply(parse(row.base() + " " + row.line()))).isEqualTo(row.with());
    }

    @Test
    void noOptionIsWithoutARow() {
        Set<Option> tested = rows().map(OptionRow::option).collect(Collectors.toCollection(HashSet::new));

        Set<Option> available = OptionTable.ALL.stream().collect(Collectors.toCollection(HashSet::new));
        available.removeAll(Set.of(named("help"), named("version")));
        available.removeAll(AuthOptionsBuilderTest.OPTIONS);
        available.removeAll(Set.copyOf(MetricsOptionTable.ROWS)); // MetricsOptionsBuilderTest

        assertThat(tested).isEqualTo(available);
    }

    @Test
    void helpAndVersionEndTheReadingWhereTheyStand() throws UsageException {
        assertThat(parse("-h --no-such-option")).isEqualTo(new Request.Help(CommandLine.help()));
        assertThat(parse("-s -v -c h")).isEqualTo(new Request.Version());
    }

    @Test
    void loopbackTakesFiveSecondsUnlessToldOtherwise() throws UsageException {
        var usual = (Request.Loopback) parse("loopback");
        var other = (Request.Loopback) parse("loopback -t 2 -P 3 -J");

        assertThat(usual.test().limit()).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(5)));
        assertThat(other.test().limit()).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(2)));
        assertThat(other.test().streams().parallel()).isEqualTo(3);
        assertThat(other.settings().output().form()).isEqualTo(Form.JSON);
    }

    @Test
    void warnsOfWhatHasNoEffect() throws UsageException {
        var request = (Request.Client) parse("-c h stray -d -V -f k -J --no-fq-socket-pacing");

        assertThat(request.settings().output().notices().out()).isEmpty();
        assertThat(request.settings().output().notices().err())
                .containsExactly(
                        "Warning:  --no-fq-socket-pacing is deprecated",
                        "warning: Report format (-f) flag ignored with JSON output (-J)",
                        "warning: Verbose output (-v) may interfere with JSON output (-J)",
                        "warning: Debug output (-d) may interfere with JSON output (-J)");
    }

    @Test
    void warnsOnTheStreamOnWhichIperfDoes() throws UsageException {
        var request = (Request.Client) parse("-c h --no-fq-socket-pacing");

        assertThat(request.settings().output().notices())
                .isEqualTo(new Notices(List.of("Warning:  --no-fq-socket-pacing is deprecated"), List.of()));
    }

    @Test
    void aSentFileIsTheEndUnlessAnotherIsGiven(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "five\n");

        assertThat(limitOf("-c h -F " + file)).isEqualTo(new Limit.ForBytes(5));
        assertThat(limitOf("-c h --bidir -n 0 -F " + file)).isEqualTo(new Limit.ForBytes(5));
        assertThat(limitOf("-c h -k 3 -F " + file)).isEqualTo(new Limit.ForBlocks(3));
        assertThat(limitOf("-c h -R -F " + file)).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(10)));
        assertThat(limitOf("-c h -F /dev/null")).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(10)));
        assertThat(limitOf("-c h -F " + folder.resolve("none")))
                .isEqualTo(new Limit.ForDuration(Duration.ofSeconds(10)));
    }

    private static Limit limitOf(String line) throws UsageException {
        return ((Request.Client) parse(line)).config().test().limit();
    }

    @Test
    void theLastOfRepeatedOptionsCounts() throws UsageException {
        var request = (Request.Client) parse("-c h -p 1 -p 2 -4 -6 -S 1 --dscp cs1");

        assertThat(request.config().server().port()).isEqualTo(2);
        assertThat(request.config().local().family()).isEqualTo(AddressFamily.V6);
        assertThat(request.config().test().streams().socket().tos()).isEqualTo(32);
    }

    private static Request parse(String line) throws UsageException {
        return CommandLine.parse(List.of(line.split(" ", -1)), () -> "secret", Environment.NONE);
    }
}
