package dev.pitot.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.cli.option.OutputOptions.Form;
import dev.pitot.cli.option.Request.Surroundings;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {
    /// One option: what is so without it, how it is written, and what is so then.
    record Row(
            Option option,
            String base,
            String line,
            Function<Request, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Row> rows() {
        return Stream.concat(Stream.concat(testRows(), socketRows()), Stream.concat(endRows(), outputRows()));
    }

    private static Stream<Row> testRows() {
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
                        true),
                streams(Option.PARALLEL, "-P4", StreamSettings::parallel, 1, 4),
                streams(Option.LENGTH, "-l 8K", StreamSettings::blockBytes, 131_072, 8192),
                streams(Option.LENGTH, "--length 0", StreamSettings::blockBytes, 131_072, 131_072),
                streams(Option.ZERO_COPY, "-Z", StreamSettings::zeroCopy, false, true),
                streams(Option.BITRATE, "-b10M", s -> s.pacing().target(), Bitrate.UNLIMITED, new Bitrate(10_000_000)),
                streams(Option.BITRATE, "--bandwidth 1k/7", s -> s.pacing().burstBlocks(), 0, 7),
                streams(
                        Option.FQ_RATE,
                        "--fq-rate 5m",
                        s -> s.pacing().fairQueueRate(),
                        Bitrate.UNLIMITED,
                        new Bitrate(5_000_000)));
    }

    private static Stream<Row> socketRows() {
        return Stream.of(
                socket(Option.WINDOW, "-w 1M", SocketSettings::windowBytes, 0, 1024 * 1024),
                socket(Option.SET_MSS, "-M 1400", SocketSettings::mss, 0, 1400),
                socket(Option.NO_DELAY, "-N", SocketSettings::noDelay, false, true),
                socket(Option.CONGESTION, "-C reno", SocketSettings::congestion, null, "reno"),
                socket(Option.CONGESTION, "--linux-congestion bbr", SocketSettings::congestion, null, "bbr"),
                socket(Option.TOS, "-S 0x34", SocketSettings::tos, 0, 0x34),
                socket(Option.TOS, "-S 064", SocketSettings::tos, 0, 52),
                socket(Option.TOS, "-S 52", SocketSettings::tos, 0, 52),
                socket(Option.DSCP, "--dscp EF", SocketSettings::tos, 0, 184),
                socket(Option.DSCP, "--dscp 46", SocketSettings::tos, 0, 184),
                socket(Option.DSCP, "--dscp reliability", SocketSettings::tos, 0, 4));
    }

    private static Stream<Row> endRows() {
        return Stream.of(
                client(Option.CLIENT, "-c other", c -> c.server().host(), "h", "other"),
                client(Option.PORT, "-p 5300", c -> c.server().port(), 5201, 5300),
                server(Option.PORT, "-p 5300", s -> s.port(), 5201, 5300),
                new Row(Option.SERVER, "-1", "--server", Request.Server.class::isInstance, true, true),
                client(Option.BIND, "-B 10.0.0.1", c -> c.local().host(), null, "10.0.0.1"),
                client(Option.BIND, "-B fe80::1%eth0", c -> c.local().host(), null, "fe80::1%eth0"),
                server(Option.BIND, "-B ::1", s -> s.local().host(), null, "::1"),
                client(Option.CLIENT_PORT, "--cport 7000", c -> c.local().clientPort(), 0, 7000),
                client(Option.VERSION4, "-4", c -> c.local().family(), AddressFamily.ANY, AddressFamily.V4),
                server(Option.VERSION6, "-6", s -> s.local().family(), AddressFamily.ANY, AddressFamily.V6),
                client(
                        Option.INTERVAL,
                        "-i .5",
                        c -> c.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ofMillis(500))),
                server(
                        Option.INTERVAL,
                        "-i0",
                        s -> s.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ZERO)),
                client(
                        Option.CONNECT_TIMEOUT,
                        "--connect-timeout 2k",
                        c -> c.timeouts().connect(),
                        Duration.ZERO,
                        Duration.ofMillis(2048)),
                client(
                        Option.RECEIVE_TIMEOUT,
                        "-R --rcv-timeout 500",
                        c -> c.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                server(
                        Option.RECEIVE_TIMEOUT,
                        "--rcv-timeout 500",
                        s -> s.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                client(
                        Option.SEND_TIMEOUT,
                        "--snd-timeout 700",
                        c -> c.timeouts().send(),
                        Duration.ZERO,
                        Duration.ofMillis(700)),
                server(
                        Option.IDLE_TIMEOUT,
                        "--idle-timeout 9",
                        s -> s.lifetime().idle(),
                        Duration.ZERO,
                        Duration.ofSeconds(9)),
                server(Option.ONE_OFF, "-1", s -> s.lifetime().oneTest(), false, true));
    }

    private static Stream<Row> outputRows() {
        return Stream.of(
                output(Option.JSON, "-J", OutputOptions::form, Form.TEXT, Form.JSON),
                output(Option.JSON_STREAM, "--json-stream", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(Option.JSON_STREAM, "--json-stream -J", OutputOptions::form, Form.TEXT, Form.JSON_STREAM),
                output(Option.FORMAT, "-f Mbits", o -> o.detail().unit(), 'a', 'M'),
                output(Option.VERBOSE, "-V", o -> o.detail().verbose(), false, true),
                output(Option.DEBUG, "-d", o -> o.detail().debugLevel(), 0, 4),
                output(Option.DEBUG, "--debug=2", o -> o.detail().debugLevel(), 0, 2),
                output(Option.DEBUG, "--debug=-1", o -> o.detail().debugLevel(), 0, 4),
                output(Option.TIMESTAMPS, "--timestamps", o -> o.prefix().timestampFormat(), null, "%c "),
                output(Option.TIMESTAMPS, "--timestamps=%s_", o -> o.prefix().timestampFormat(), null, "%s_"),
                output(Option.TITLE, "--title mine", o -> o.prefix().title(), null, "mine"),
                output(Option.LOG_FILE, "--logfile f", OutputOptions::logFile, null, "f"),
                output(Option.FORCE_FLUSH, "--forceflush", OutputOptions::warnings, List.of(), List.of()),
                surroundings(Option.PID_FILE, "-I p", s -> s.pidFile(), null, "p"),
                surroundings(Option.SOCKET, "--socket linux", s -> s.socketFamily(), null, "linux"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionHasItsDefaultAndItsMeaning(Row row) throws UsageException {
        assertThat(row.reads.apply(parse(row.base))).isEqualTo(row.without);
        assertThat(row.reads.apply(parse(row.base + " " + row.line))).isEqualTo(row.with);
    }

    @Test
    void noOptionIsWithoutARow() {
        Set<Option> tested =
                rows().map(Row::option).collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class)));

        Set<Option> available = Arrays.stream(Option.values())
                .filter(option -> !option.isLater())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Option.class)));
        available.removeAll(EnumSet.of(Option.HELP, Option.VERSION));

        assertThat(tested).isEqualTo(available);
    }

    @ParameterizedTest
    @EnumSource(Option.class)
    void whatIsNotThereYetIsRefusedByName(Option option) {
        if (!option.isLater()) {
            assertThat(option.isForServersOnly() && option.isForClientsOnly()).isFalse();
            return;
        }
        String value = option.argument() == Option.Argument.REQUIRED ? "=1" : "";

        assertThatThrownBy(() -> parse((option.isForServersOnly() ? "-s " : "-c h ") + option + value))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + option + " is not available in this version of Pitot");
    }

    /// Sentences of iperf 3.21 (the err-param cases of its golden samples), and Pitot's own for
    /// what iperf takes for 0.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    -s -c h                | cannot be both server and client
                    -J                     | must either be a client (-c) or server (-s)
                    -c h -D                | some option you are trying to set is server only
                    -c h -1                | some option you are trying to set is server only
                    -s -u                  | some option you are trying to set is client only
                    -s -t 3                | some option you are trying to set is client only
                    -1 -R                  | some option you are trying to set is client only
                    -c h -t 100000         | test duration valid values are 0 to 86400 seconds
                    -c h -t -5             | test duration valid values are 0 to 86400 seconds
                    -c h -t 99999999999999 | test duration valid values are 0 to 86400 seconds
                    -c h -P 0              | invalid number of parallel streams (min = 1, max = 128)
                    -c h -P 200            | invalid number of parallel streams (min = 1, max = 128)
                    -c h -l 2M             | block size too large (maximum = 1048576 bytes)
                    -c h -l 5000G          | block size too large (maximum = 1048576 bytes)
                    -c h -w 1G             | socket buffer size too large (maximum = 536870912 bytes)
                    -c h -i 0.01           | invalid report interval (min = 0.1, max = 60 seconds)
                    -c h -i 1e99           | invalid report interval (min = 0.1, max = 60 seconds)
                    -c h -M 40000          | TCP MSS too large (maximum = 32767 bytes)
                    -c h -O 700            | bogus value for --omit (maximum = 600 seconds)
                    -c h -b 1M/2000        | invalid burst count (maximum = 1000)
                    -c h -b 1M/0           | invalid burst count (maximum = 1000)
                    -c h -n 1M -t 2        | only one test end condition (-t, -n, -k) may be specified
                    -c h -n 1M -k 2        | only one test end condition (-t, -n, -k) may be specified
                    -c h -S 300            | bad TOS value (must be between 0 and 255 inclusive)
                    -c h -S abc            | bad TOS value (must be between 0 and 255 inclusive)
                    -c h -S 09             | bad TOS value (must be between 0 and 255 inclusive)
                    -c h -f z              | bad format specifier (valid formats are in the set [kmgtKMGT])
                    -c h -R --bidir        | cannot be both reverse and bidirectional
                    -c h -p 70000          | port number must be between 1 and 65535 inclusive
                    -s -p 0                | port number must be between 1 and 65535 inclusive
                    -c h --cport 0         | port number must be between 1 and 65535 inclusive
                    -s --idle-timeout 0    | idle timeout parameter is not positive or larger than allowed limit
                    -c h -R --rcv-timeout 5 | "receive timeout value is incorrect or not in range: "
                    -c h --rcv-timeout 5000 | "client receive timeout is valid only in receiving mode: "
                    -c h --snd-timeout -1  | "send timeout value is incorrect or not in range: "
                    -c h -b 10X            | invalid unit value or suffix: '10X'
                    -c h -n abc            | invalid unit value or suffix: 'abc'
                    -c h -t abc            | invalid value 'abc' for --time: a whole number is needed
                    -c h -t 1.5            | invalid value '1.5' for --time: a whole number is needed
                    -c h -P 5x             | invalid value '5x' for --parallel: a whole number is needed
                    -c h -i abc            | invalid value 'abc' for --interval: a number of seconds is needed
                    -c h -i nan            | invalid value 'nan' for --interval: a number of seconds is needed
                    -c h --debug=x         | invalid value 'x' for --debug: a whole number is needed
                    -c h --socket windows  | invalid value 'windows' for --socket: linux or portable is needed
                    -c h%eth0              | --bind-dev is not available in this version of Pitot
                    loopback -p 5300       | --port is not an option of loopback
                    loopback -t 0          | invalid value '0' for --time: a number of seconds above 0 is needed
                    """)
    void everyWrongOptionHasItsSentence(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessage("parameter error - " + sentence);
    }

    @Test
    void aBadCodePointIsToldTheGoodOnes() {
        assertThatThrownBy(() -> parse("-c h --dscp 99"))
                .hasMessageStartingWith("parameter error - bad DSCP value (numeric: 0-63 inclusive, symbolic: one of");
        assertThatThrownBy(() -> parse("-c h --dscp gold")).hasMessageContaining("bad DSCP value");
    }

    @Test
    void helpAndVersionEndTheReadingWhereTheyStand() throws UsageException {
        assertThat(parse("-h --no-such-option")).isEqualTo(new Request.Help());
        assertThat(parse("-s -v -c h")).isEqualTo(new Request.Version());
        assertThatThrownBy(() -> parse("-p 0 -h")).isInstanceOf(UsageException.class);
    }

    @Test
    void oneOffAloneImpliesAServer() throws UsageException {
        assertThat(parse("-1")).isInstanceOf(Request.Server.class);
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
        var request = (Request.Client) parse("-c h stray -d -V -f k -J");

        assertThat(request.surroundings().output().warnings())
                .containsExactly(
                        "Report format (-f) flag ignored with JSON output (-J)",
                        "Verbose output (-v) may interfere with JSON output (-J)",
                        "Debug output (-d) may interfere with JSON output (-J)");
    }

    @Test
    void theLastOfRepeatedOptionsCounts() throws UsageException {
        var request = (Request.Client) parse("-c h -p 1 -p 2 -4 -6 -S 1 --dscp cs1");

        assertThat(request.config().server().port()).isEqualTo(2);
        assertThat(request.config().local().family()).isEqualTo(AddressFamily.V6);
        assertThat(request.config().test().streams().socket().tos()).isEqualTo(32);
    }

    private static Row client(
            Option option,
            String line,
            Function<ClientConfig, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new Row(
                option, "-c h", line, request -> reads.apply(((Request.Client) request).config()), without, with);
    }

    private static Row server(
            Option option,
            String line,
            Function<ServerConfig, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new Row(option, "-s", line, request -> reads.apply(((Request.Server) request).config()), without, with);
    }

    private static Row streams(
            Option option,
            String line,
            Function<StreamSettings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return client(option, line, config -> reads.apply(config.test().streams()), without, with);
    }

    private static Row socket(
            Option option,
            String line,
            Function<SocketSettings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return streams(option, line, streams -> reads.apply(streams.socket()), without, with);
    }

    private static Row surroundings(
            Option option,
            String line,
            Function<Surroundings, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return new Row(
                option, "-c h", line, request -> reads.apply(((Request.Client) request).surroundings()), without, with);
    }

    private static Row output(
            Option option,
            String line,
            Function<OutputOptions, @Nullable Object> reads,
            @Nullable Object without,
            Object with) {
        return surroundings(option, line, surroundings -> reads.apply(surroundings.output()), without, with);
    }

    private static Request parse(String line) throws UsageException {
        return CommandLine.parse(List.of(line.split(" ", -1)));
    }
}
