package dev.pitot.command;

import static dev.pitot.command.OptionRow.client;
import static dev.pitot.command.OptionRow.output;
import static dev.pitot.command.OptionRow.server;
import static dev.pitot.command.OptionRow.socket;
import static dev.pitot.command.OptionRow.streams;
import static dev.pitot.command.OptionRow.surroundings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.unit.Bitrate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
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
                        Option.TIME,
                        "-t 3",
                        c -> c.test().limit(),
                        tenSeconds,
                        new Limit.ForDuration(Duration.ofSeconds(3))),
                client(
                        Option.TIME,
                        "-t 3 -t 5",
                        c -> c.test().limit(),
                        tenSeconds,
                        new Limit.ForDuration(Duration.ofSeconds(5))),
                client(Option.TIME, "--time=0", c -> c.test().limit(), tenSeconds, new Limit.Endless()),
                client(Option.BYTES, "-n 1.5K", c -> c.test().limit(), tenSeconds, new Limit.ForBytes(1536)),
                client(Option.BYTES, "--bytes 0", c -> c.test().limit(), tenSeconds, tenSeconds),
                client(Option.BLOCK_COUNT, "-k 2k", c -> c.test().limit(), tenSeconds, new Limit.ForBlocks(2048)),
                client(Option.BLOCK_COUNT, "--blockcount 0", c -> c.test().limit(), tenSeconds, tenSeconds),
                client(Option.OMIT, "-O 2", c -> c.test().omit(), Duration.ZERO, Duration.ofSeconds(2)),
                client(Option.REVERSE, "-R", c -> c.test().direction(), Direction.FORWARD, Direction.REVERSE),
                client(Option.BIDIR, "--bidir", c -> c.test().direction(), Direction.FORWARD, Direction.BIDIRECTIONAL),
                client(Option.TITLE, "-T x", c -> c.test().extras().title(), null, "x"),
                client(
                        Option.EXTRA_DATA,
                        "--extra-data y",
                        c -> c.test().extras().extraData(),
                        null,
                        "y"),
                client(
                        Option.GET_SERVER_OUTPUT,
                        "--get-server-output",
                        c -> c.test().extras().serverOutput(),
                        false,
                        true));
    }

    private static Stream<OptionRow> streamRows() {
        return Stream.of(
                streams(Option.PARALLEL, "-P4", StreamSettings::parallel, 1, 4),
                streams(Option.LENGTH, "-l 8K", StreamSettings::blockBytes, 131_072, 8192),
                streams(Option.LENGTH, "--length 0", StreamSettings::blockBytes, 131_072, 131_072),
                streams(Option.LENGTH, "-l 1400 -u", StreamSettings::blockBytes, 131_072, 1400),
                streams(Option.LENGTH, "-u -l 0", StreamSettings::blockBytes, 131_072, 0),
                streams(Option.LENGTH, "-l 0 --sctp", StreamSettings::blockBytes, 131_072, 65_536),
                streams(Option.BITRATE, "-b10M", s -> s.pacing().target(), Bitrate.UNLIMITED, new Bitrate(10_000_000)),
                streams(Option.BITRATE, "-u -b 0", s -> s.pacing().target(), Bitrate.UNLIMITED, Bitrate.UNLIMITED),
                streams(Option.BITRATE, "--bandwidth 1k/7", s -> s.pacing().burstBlocks(), 0, 7),
                streams(Option.BITRATE, "-b 1k/7 -b 2k", s -> s.pacing().burstBlocks(), 0, 7),
                streams(
                        Option.FQ_RATE,
                        "--fq-rate 5m",
                        s -> s.pacing().fairQueueRate(),
                        Bitrate.UNLIMITED,
                        new Bitrate(5_000_000)),
                streams(Option.FQ_RATE, "--fq-rate 5m -u", s -> s.pacing().target(), Bitrate.UNLIMITED, UDP_RATE),
                streams(
                        Option.NO_FQ_SOCKET_PACING,
                        "--fq-rate 5m --no-fq-socket-pacing",
                        s -> s.pacing().fairQueueRate(),
                        Bitrate.UNLIMITED,
                        Bitrate.UNLIMITED),
                streams(
                        Option.PACING_TIMER,
                        "--pacing-timer 2k",
                        s -> s.pacing().timerMicros(),
                        1000L,
                        2048L));
    }

    private static Stream<OptionRow> protocolRows() {
        return Stream.of(
                client(Option.UDP, "-u", c -> c.test().protocol(), Protocol.TCP, Protocol.UDP),
                streams(Option.UDP, "--udp", s -> s.pacing().target(), Bitrate.UNLIMITED, UDP_RATE),
                client(Option.SCTP, "--sctp", c -> c.test().protocol(), Protocol.TCP, Protocol.SCTP),
                client(Option.MPTCP, "-m", c -> c.test().protocol(), Protocol.TCP, Protocol.MULTIPATH_TCP),
                client(Option.MPTCP, "-u --mptcp", c -> c.test().protocol(), Protocol.TCP, Protocol.MULTIPATH_TCP),
                new OptionRow(Option.MPTCP, "-s", "-m", Request.Server.class::isInstance, true, true),
                client(Option.N_STREAMS, "--nstreams 5", c -> c.local().sctp().streams(), 0, 5),
                streams(
                        Option.N_STREAMS,
                        "--nstreams 5",
                        s -> s.pacing().target(),
                        Bitrate.UNLIMITED,
                        Bitrate.UNLIMITED),
                client(
                        Option.X_BIND,
                        "-X a --xbind b",
                        c -> c.local().sctp().addresses(),
                        List.of(),
                        List.of("a", "b")),
                server(Option.X_BIND, "-Xa", s -> s.local().sctp().addresses(), List.of(), List.of("a")),
                streams(Option.ZERO_COPY, "-Z", s -> s.payload().zeroCopy(), false, true),
                streams(Option.SKIP_RX_COPY, "--skip-rx-copy", s -> s.payload().skipReceiveCopy(), false, true),
                streams(
                        Option.REPEATING_PAYLOAD,
                        "--repeating-payload",
                        s -> s.payload().repeating(),
                        false,
                        true),
                streams(
                        Option.UDP_COUNTERS_64BIT,
                        "--udp-counters-64bit",
                        s -> s.datagrams().wideCounters(),
                        false,
                        true),
                streams(
                        Option.DONT_FRAGMENT,
                        "--dont-fragment",
                        s -> s.datagrams().dontFragment(),
                        false,
                        true),
                streams(Option.GSRO, "--gsro", s -> s.datagrams().offload(), false, true));
    }

    private static Stream<OptionRow> socketRows() {
        return Stream.of(
                socket(Option.WINDOW, "-w 1M", SocketSettings::windowBytes, 0, 1024 * 1024),
                socket(Option.SET_MSS, "-M 1400", SocketSettings::mss, 0, 1400),
                socket(Option.NO_DELAY, "-N", SocketSettings::noDelay, false, true),
                socket(Option.CONGESTION, "-C reno", SocketSettings::congestion, null, "reno"),
                socket(Option.CONGESTION, "--linux-congestion bbr", SocketSettings::congestion, null, "bbr"),
                socket(Option.TOS, "-S 0x34", SocketSettings::tos, 0, 0x34),
                socket(Option.TOS, "-S 064", SocketSettings::tos, 0, 52),
                socket(Option.TOS, "-S 52", SocketSettings::tos, 0, 52),
                socket(Option.FLOW_LABEL, "-L 0xfffff", SocketSettings::flowLabel, 0, 0xfffff),
                socket(Option.FLOW_LABEL, "--flowlabel 010", SocketSettings::flowLabel, 0, 8),
                socket(Option.DSCP, "--dscp EF", SocketSettings::tos, 0, 184),
                socket(Option.DSCP, "--dscp 46", SocketSettings::tos, 0, 184),
                socket(Option.DSCP, "--dscp reliability", SocketSettings::tos, 0, 4));
    }

    private static Stream<OptionRow> outputRows() {
        return Stream.of(
                output(Option.JSON, "-J", OutputOptions::form, Form.TEXT, Form.JSON),
                output(Option.JSON_STREAM, "--json-stream", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(Option.JSON_STREAM, "--json-stream -J", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(
                        Option.JSON_STREAM_FULL_OUTPUT,
                        "-J --json-stream-full-output",
                        OutputOptions::form,
                        Form.TEXT,
                        Form.JSON),
                output(
                        Option.JSON_STREAM_FULL_OUTPUT,
                        "--json-stream-full-output --json-stream",
                        OutputOptions::form,
                        Form.TEXT,
                        Form.JSON_STREAM_AND_DOCUMENT),
                output(Option.FORMAT, "-f Mbits", o -> o.detail().unit(), 'a', 'M'),
                output(Option.VERBOSE, "-V", o -> o.detail().verbose(), false, true),
                output(Option.DEBUG, "-d", o -> o.detail().debugLevel(), 0, 4),
                output(Option.DEBUG, "--debug=2", o -> o.detail().debugLevel(), 0, 2),
                output(Option.DEBUG, "--debug=-1", o -> o.detail().debugLevel(), 0, 4),
                output(Option.TIMESTAMPS, "--timestamps", o -> o.prefix().timestampFormat(), null, "%c "),
                output(Option.TIMESTAMPS, "--timestamps=%s_", o -> o.prefix().timestampFormat(), null, "%s_"),
                output(Option.TITLE, "--title mine", o -> o.prefix().title(), null, "mine"),
                output(Option.LOG_FILE, "--logfile f", OutputOptions::logFile, null, "f"),
                output(Option.FORCE_FLUSH, "--forceflush", OutputOptions::notices, Notices.NONE, Notices.NONE),
                surroundings(Option.PID_FILE, "-I p", s -> s.pidFile(), null, "p"),
                surroundings(Option.SOCKET, "--socket linux", s -> s.socketFamily(), null, "linux"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionHasItsDefaultAndItsMeaning(OptionRow row) throws UsageException {
        assertThat(row.reads().apply(parse(row.base()))).isEqualTo(row.without());
        assertThat(row.reads().apply(parse(row.base() + " " + row.line()))).isEqualTo(row.with());
    }

    @Test
    void noOptionIsWithoutARow() {
        Set<Option> tested =
                rows().map(OptionRow::option).collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class)));

        Set<Option> available =
                Arrays.stream(Option.values()).collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class)));
        available.removeAll(EnumSet.of(Option.HELP, Option.VERSION));
        available.removeAll(AuthDraftTest.OPTIONS);
        available.removeAll(MetricsDraft.OPTIONS); // MetricsDraftTest

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
        assertThat(other.surroundings().output().form()).isEqualTo(Form.JSON);
    }

    @Test
    void warnsOfWhatHasNoEffect() throws UsageException {
        var request = (Request.Client) parse("-c h stray -d -V -f k -J --no-fq-socket-pacing");

        assertThat(request.surroundings().output().notices().out()).isEmpty();
        assertThat(request.surroundings().output().notices().err())
                .containsExactly(
                        "Warning:  --no-fq-socket-pacing is deprecated",
                        "warning: Report format (-f) flag ignored with JSON output (-J)",
                        "warning: Verbose output (-v) may interfere with JSON output (-J)",
                        "warning: Debug output (-d) may interfere with JSON output (-J)");
    }

    @Test
    void warnsOnTheStreamOnWhichIperfDoes() throws UsageException {
        var request = (Request.Client) parse("-c h --no-fq-socket-pacing");

        assertThat(request.surroundings().output().notices())
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
        return CommandLine.parse(List.of(line.split(" ", -1)), () -> "secret", Variables.NONE);
    }
}
