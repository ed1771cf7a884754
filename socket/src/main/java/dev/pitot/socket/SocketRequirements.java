package dev.pitot.socket;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamily.Feature;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settings that require socket features, from a client or server for its own sockets, from a
/// client for its server's sockets, or from a socket setup. Each [Feature] decides whether these
/// settings need it.
///
/// @param device interface to bind to, or null
/// @param core processor core to bind threads to, or null
public record SocketRequirements(
        Protocol protocol,
        StreamSettings streams,
        TcpSetup.Liveness liveness,
        @Nullable String device,
        @Nullable Integer core) {
    /// Returns a client's requirements for its own sockets.
    public static SocketRequirements of(ClientConfig client) {
        TestConfig test = client.test();
        return new SocketRequirements(
                test.protocol(),
                test.streams(),
                liveness(client.timeouts()),
                client.local().device(),
                client.local().resources().core());
    }

    /// Returns a server's requirements for its own sockets, independent of its clients.
    public static SocketRequirements of(ServerConfig server) {
        return new SocketRequirements(
                Protocol.TCP,
                StreamSettings.DEFAULT,
                liveness(server.timeouts()),
                server.local().device(),
                server.local().resources().core());
    }

    /// Returns a client's requirements for its server's sockets. Not included are the flow label,
    /// which each end sets for its own flows, and the congestion control, because a server without
    /// it only warns.
    public static SocketRequirements ofServerFor(TestConfig test) {
        StreamSettings asked = test.streams();
        var streams = new StreamSettings(
                asked.parallel(),
                asked.blockBytes(),
                asked.pacing(),
                asked.socket().withCongestion(null).withFlowLabel(0),
                asked.payload(),
                asked.datagrams());
        return new SocketRequirements(
                test.protocol(),
                streams,
                TcpSetup.Liveness.DEFAULT,
                null,
                test.metadata().serverCore());
    }

    /// Returns the requirements of a setup, except for its transport, which applies to listeners
    /// too.
    public static SocketRequirements of(TcpSetup setup) {
        return new SocketRequirements(
                Protocol.TCP,
                streams(setup.settings(), setup.pacing(), DatagramSettings.DEFAULT),
                setup.liveness(),
                setup.device(),
                null);
    }

    /// Returns the requirements of a setup, without TCP-only settings.
    public static SocketRequirements of(UdpSetup setup) {
        SocketSettings settings = setup.settings().withMss(0).withCongestion(null);
        return new SocketRequirements(
                Protocol.UDP,
                streams(settings, setup.pacing(), setup.datagrams().settings()),
                TcpSetup.Liveness.DEFAULT,
                setup.device(),
                null);
    }

    private static TcpSetup.Liveness liveness(Timeouts timeouts) {
        return new TcpSetup.Liveness(timeouts.send(), timeouts.controlKeepAlive());
    }

    private static StreamSettings streams(SocketSettings settings, Pacing pacing, DatagramSettings datagrams) {
        return new StreamSettings(
                1, StreamSettings.DEFAULT_TCP_BLOCK_BYTES, pacing, settings, PayloadSettings.DEFAULT, datagrams);
    }

    /// Returns the features that these settings need.
    public Set<Feature> features() {
        Set<Feature> needed = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            if (feature.isNeededBy(this)) {
                needed.add(feature);
            }
        }
        return needed;
    }

    /// Returns the needed features that are not available.
    public Set<Feature> missingFrom(Set<Feature> available) {
        Set<Feature> missing = features();
        missing.removeAll(available);
        return missing;
    }
}
