package dev.pitot.lab.tool;

import dev.pitot.command.Request;
import dev.pitot.lab.parse.AutoDetectReader;
import dev.pitot.lab.tool.TestSettings.OutputStyle;
import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// iperf 2, whose options are iperf3's where both have them (2.1.8: main.cpp, Settings.cpp).
/// Sizes and rates go as plain numbers, since the two read suffixes differently.
record Iperf2Engine(InstalledTool program) implements Engine {
    /// Since then it can send from server to client without a second server (`-R`).
    private static final ToolVersion REVERSING = new ToolVersion(2, 1, 0);

    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public ToolCommand server(TestSettings test, ServerAddress place) {
        Request.Client request = understood(test);
        List<String> words = new ArrayList<>(List.of(program.path(), "-s", "-p", Integer.toString(place.port())));
        if (place.address() != null) {
            words.addAll(List.of("-B", place.address()));
        }
        shared(words, request, place.address());
        words.addAll(test.iperf2().server());
        return command(words, test, request);
    }

    @Override
    public ToolCommand client(TestSettings test, ClientTarget target) {
        Request.Client request = understood(test);
        TestConfig config = request.config().test();
        List<String> words =
                new ArrayList<>(List.of(program.path(), "-c", target.address(), "-p", Integer.toString(target.port())));
        if (target.ownAddress() != null) {
            words.addAll(List.of("-B", target.ownAddress()));
        }
        shared(words, request, target.address());
        limit(words, config);
        sending(words, config);
        if (config.direction() == Direction.REVERSE) {
            words.add("-R");
        }
        words.addAll(test.iperf2().client());
        return command(words, test, request);
    }

    /// Options of both ends.
    ///
    /// @param address that decides the version of IP; null for any
    private static void shared(List<String> words, Request.Client request, @Nullable String address) {
        ClientConfig config = request.config();
        StreamSettings streams = config.test().streams();
        if (config.test().protocol() == Protocol.UDP) {
            words.add("-u");
        }
        if (config.local().family() == AddressFamily.V6 || (address != null && address.contains(":"))) {
            words.add("-V");
        }
        if (!config.interval().length().isZero()) {
            words.addAll(List.of("-i", TestSettings.seconds(config.interval().length())));
        }
        if (streams.blockBytes() != 0) {
            words.addAll(List.of("-l", Integer.toString(streams.blockBytes())));
        }
        if (streams.socket().windowBytes() != 0) {
            words.addAll(List.of("-w", Integer.toString(streams.socket().windowBytes())));
        }
    }

    /// iperf3 counts all streams together, iperf 2 each: every stream gets its share, rounded up.
    private static void limit(List<String> words, TestConfig config) {
        int streams = config.streams().parallel();
        switch (config.limit()) {
            case Limit.ForDuration(var length) -> words.addAll(List.of("-t", TestSettings.seconds(length)));
            case Limit.ForBytes(long count) -> words.addAll(List.of("-n", Long.toString(Math.ceilDiv(count, streams))));
            case Limit.ForBlocks(long count) -> {
                int block = config.streams().blockBytes();
                if (block == 0) {
                    throw new IllegalArgumentException("iperf 2 counts bytes, not blocks: give -l with -k, or -n");
                }
                words.addAll(List.of("-n", Long.toString(Math.multiplyExact(Math.ceilDiv(count, streams), block))));
            }
            case Limit.Endless() -> throw new IllegalArgumentException("-t 0 never ends: give a number of seconds");
        }
    }

    private static void sending(List<String> words, TestConfig config) {
        StreamSettings streams = config.streams();
        SocketSettings socket = streams.socket();
        number(words, "-b", streams.pacing().target().bitsPerSecond());
        number(words, "--fq-rate", streams.pacing().fairQueueRate().bitsPerSecond());
        number(words, "-P", streams.parallel() == 1 ? 0 : streams.parallel());
        number(words, "-M", socket.mss());
        if (socket.noDelay()) {
            words.add("-N");
        }
        number(words, "-S", socket.tos());
        if (socket.congestion() != null) {
            words.addAll(List.of("-Z", socket.congestion()));
        }
    }

    private static void number(List<String> words, String option, long value) {
        if (value != 0) {
            words.addAll(List.of(option, Long.toString(value)));
        }
    }

    /// A server does not end by itself: `-1` serves one client at a time, and goes on; `-P 1` ends
    /// after one stream, not after one test.
    private static ToolCommand command(List<String> words, TestSettings test, Request.Client request) {
        TestConfig config = request.config().test();
        char unit = request.settings().output().detail().unit();
        boolean isCsv = test.style() == OutputStyle.EXACT;
        if (!isCsv && unit != 'a' && words.stream().noneMatch(word -> word.startsWith("--format"))) {
            words.addAll(List.of("-f", Character.toString(unit)));
        }
        if (isCsv) {
            words.addAll(List.of("-y", "C"));
        }
        double interval = request.config().interval().length().toNanos() / NANOS_PER_SECOND;
        int streams = config.streams().parallel();
        return new ToolCommand(
                words,
                () -> new AutoDetectReader(interval, streams),
                config.protocol() == Protocol.UDP ? Protocol.UDP : Protocol.TCP,
                false);
    }

    /// What the options ask for, if this iperf 2 can do it.
    private Request.Client understood(TestSettings test) {
        Request.Client request = OptionReader.read(test.options());
        Iperf2UnsupportedOptions.check(request, test.iperf2());
        Direction direction = request.config().test().direction();
        boolean isNewEnough = program.version() == null || program.isAtLeast(REVERSING);
        if (direction != Direction.FORWARD && !isNewEnough) {
            throw new IllegalArgumentException("iperf " + program.version() + " has no -R: use iperf " + REVERSING
                    + " or later there, iperf3 or Pitot, or swap the direction");
        }
        return request;
    }
}
