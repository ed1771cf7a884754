package dev.pitot.command;

import dev.pitot.command.Getopt.Given;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.ProbeSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.error.InvalidSettingException;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.model.unit.UnitScale;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Builder of a [TestConfig], the part that both ends agree on. The model checks every value as it is
/// set, except the block length, whose range depends on the protocol. Used by one thread.
final class TestOptionsBuilder {
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[(?<v6>[^\\[\\]]+)\\]|(?<host>[^:\\[\\]%][^:\\[\\]]*)):(?<port>[0-9]+)");

    private final TestConfig.Builder test = TestConfig.builder();
    /// End conditions given so far; if the same one is given twice, the last counts.
    private final Set<Option> limits = new HashSet<>();

    private Protocol protocol = Protocol.TCP;
    private Direction direction = Direction.FORWARD;
    private int blockBytes;
    private Pacing pacing = Pacing.NONE;
    private SocketSettings socket = SocketSettings.DEFAULT;
    private PayloadSettings payload = PayloadSettings.DEFAULT;
    private DatagramSettings datagrams = DatagramSettings.DEFAULT;
    private TestMetadata metadata = TestMetadata.NONE;
    private @Nullable ProbeSettings probe;

    /// @throws InvalidSettingException (errors 7, 20, 16) if the block length does not suit the
    ///     protocol, or two end conditions were given
    TestConfig build() {
        TestConfig config = test.blockBytes(blockBytes)
                .socket(socket)
                .payload(payload)
                .datagrams(datagrams)
                .metadata(probe == null ? metadata : metadata.withProbe(probe))
                .build();
        if (limits.size() > 1) {
            throw new InvalidSettingException(IperfError.END_CONDITIONS);
        }
        return config;
    }

    /// True if an end condition was given.
    boolean hasLimit() {
        return !limits.isEmpty();
    }

    Protocol protocol() {
        return protocol;
    }

    /// `-u`, `--sctp`, `-m`: the last counts.
    void protocol(Protocol wanted) {
        protocol = wanted;
        test.protocol(wanted);
    }

    Direction direction() {
        return direction;
    }

    void direction(Direction wanted) {
        if (direction != Direction.FORWARD && direction != wanted) {
            throw new InvalidSettingException(IperfError.REVERSE_AND_BIDIR);
        }
        direction = wanted;
        test.direction(wanted);
    }

    /// `-t`: 0 means no limit.
    void time(Given given) throws UsageException {
        Duration length = Duration.ofSeconds(NumberArguments.wholeSeconds(given));
        limit(given.option(), length.isZero() ? new Limit.Endless() : new Limit.ForDuration(length));
    }

    /// `-n`: 0 has no effect.
    void bytes(Given given) throws UsageException {
        long count = NumberArguments.scaled(given, UnitScale.BINARY);
        if (count > 0) {
            limit(given.option(), new Limit.ForBytes(count));
        }
    }

    /// `-k`: 0 has no effect.
    void blocks(Given given) throws UsageException {
        long count = NumberArguments.scaled(given, UnitScale.BINARY);
        if (count > 0) {
            limit(given.option(), new Limit.ForBlocks(count));
        }
    }

    private void limit(Option option, Limit limit) {
        limits.add(option);
        test.limit(limit);
    }

    /// Sets the end condition to use if none was given.
    void usualLimit(Limit limit) {
        test.limit(limit);
    }

    void omit(Given given) throws UsageException {
        Duration omit = Duration.ofSeconds(NumberArguments.wholeSeconds(given));
        TestConfig.builder().omit(omit).build(); // range check now, not at the end
        test.omit(omit);
    }

    void parallel(Given given) throws UsageException {
        test.parallel(NumberArguments.whole(given));
    }

    /// `-l`: 0 means the protocol's default.
    void length(Given given) throws UsageException {
        blockBytes = NumberArguments.size(given);
    }

    /// `-b RATE[/burst]`. A burst applies until another one is given.
    void bitrate(Given given) throws UsageException {
        String value = given.text();
        int slash = value.indexOf('/');
        if (slash >= 0) {
            int burst = NumberArguments.whole(given.part(value.substring(slash + 1)));
            if (burst == 0) {
                throw new InvalidSettingException(IperfError.BURST);
            }
            pacing = pacing.withBurstBlocks(burst);
        }
        String rate = slash < 0 ? value : value.substring(0, slash);
        pacing = pacing.withTarget(new Bitrate(NumberArguments.scaled(given.part(rate), UnitScale.DECIMAL)));
        test.pacing(pacing);
    }

    /// `--fq-rate`. The protocol's own rate limit, if it has one, is unchanged. The kernel counts
    /// bytes, so less than one byte per second would mean no limit.
    void fairQueueRate(Given given) throws UsageException {
        long bitsPerSecond = NumberArguments.scaled(given, UnitScale.DECIMAL);
        if (bitsPerSecond > 0 && bitsPerSecond < Byte.SIZE) {
            throw UsageException.value(given, "8 bit/s or more, or 0 for no limit,");
        }
        fairQueueRate(new Bitrate(bitsPerSecond));
    }

    void fairQueueRate(Bitrate rate) {
        pacing = pacing.withFairQueueRate(rate);
        test.fairQueueRate(rate);
    }

    /// `--pacing-timer`: microseconds with an optional suffix.
    void pacingTimer(Given given) throws UsageException {
        int micros = NumberArguments.size(given);
        pacing = new Pacing(pacing.target(), pacing.burstBlocks(), pacing.fairQueueRate(), micros);
        test.pacingTimerMicros(micros);
    }

    void window(Given given) throws UsageException {
        socket = socket.withWindowBytes(NumberArguments.size(given));
    }

    void mss(Given given) throws UsageException {
        socket = socket.withMss(NumberArguments.whole(given));
    }

    void tos(int value) {
        socket = socket.withTos(value);
    }

    /// `-L`: from 1; in the model 0 means no label.
    void flowLabel(Given given) throws UsageException {
        Integer label = NumberArguments.anyBase(given);
        if (label == null || label < 1) {
            throw new InvalidSettingException(IperfError.SET_FLOW_LABEL);
        }
        socket = socket.withFlowLabel(label);
    }

    /// Changes the options of the data sockets.
    void socket(UnaryOperator<SocketSettings> change) {
        socket = change.apply(socket);
    }

    /// Changes the payload of blocks.
    void payload(UnaryOperator<PayloadSettings> change) {
        payload = change.apply(payload);
    }

    /// Changes the settings that only UDP has.
    void datagrams(UnaryOperator<DatagramSettings> change) {
        datagrams = change.apply(datagrams);
    }

    void title(String title) {
        metadata = metadata.withTitle(title);
    }

    void extraData(String data) {
        metadata = metadata.withExtraData(data);
    }

    void serverOutput() {
        metadata = metadata.withServerOutput(true);
    }

    /// Second number of `-A`.
    void serverCore(int core) {
        metadata = metadata.withServerCore(core);
    }

    /// `--probe host:port`; an IPv6 address stands in brackets.
    void probe(Given given) throws UsageException {
        Matcher parts = HOST_AND_PORT.matcher(given.text().strip());
        if (!parts.matches()) {
            throw UsageException.value(given, "host:port, such as example.org:22,");
        }
        int port = NumberArguments.whole(given.part(parts.group("port")));
        if (port == 0) {
            throw new InvalidSettingException(IperfError.PORT);
        }
        String host = parts.group("v6") == null ? parts.group("host") : parts.group("v6");
        probe(old -> old.withTarget(new Endpoint(host, port)));
    }

    /// `--probe-rate`: 1 to 1000. `--no-probe` prevails wherever it stands.
    void probeRate(Given given) throws UsageException {
        int perSecond = NumberArguments.whole(given);
        if (perSecond < 1 || perSecond > ProbeSettings.MAX_PER_SECOND) {
            throw UsageException.value(given, "a number from 1 to " + ProbeSettings.MAX_PER_SECOND);
        }
        probe(old -> old.perSecond() == 0 ? old : old.withPerSecond(perSecond));
    }

    /// Changes the probe of a command line that does not switch it off.
    void probe(UnaryOperator<ProbeSettings> change) {
        probe = change.apply(probe == null ? ProbeSettings.DEFAULT : probe);
    }

    /// True if the client sets the server's core.
    boolean hasServerCore() {
        return metadata.serverCore() != null;
    }

    @Nullable String title() {
        return metadata.title();
    }
}
