package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.SocketSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.TestMetadata;
import dev.pitot.model.config.Timeouts;
import dev.pitot.model.unit.Bitrate;
import dev.pitot.socket.SocketFamily.Feature;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocketRequirementsTest {
    private static final SocketSettings EVERYTHING = new SocketSettings(1, 1000, true, 1, "reno", 1);

    private static TestConfig everything(Protocol protocol) {
        return TestConfig.builder()
                .protocol(protocol)
                .socket(EVERYTHING)
                .fairQueueRate(new Bitrate(8))
                .datagrams(new DatagramSettings(true, true, Offload.ON))
                .payload(new PayloadSettings(true, true, true))
                .metadata(new TestMetadata(null, null, false, null, 1))
                .build();
    }

    private static ClientConfig client(TestConfig test, LocalBinding local, Timeouts timeouts) {
        return new ClientConfig(new Endpoint("h", 1), test, local, timeouts, ReportInterval.DEFAULT);
    }

    @Test
    void anOrdinaryTestNeedsNothing() {
        TestConfig test = TestConfig.builder().build();

        assertThat(SocketRequirements.of(client(test, LocalBinding.ANY, Timeouts.DEFAULT))
                        .features())
                .isEmpty();
        assertThat(SocketRequirements.ofServerFor(test).features()).isEmpty();
        assertThat(SocketRequirements.of(Setups.UDP).features()).isEmpty();
        assertThat(SocketRequirements.of(TcpSetup.CONTROL).features()).isEmpty();
    }

    @Test
    void everyFeatureIsNeededBySomeClient() {
        var local = new LocalBinding(
                null, LocalBinding.ANY.family(), 0, "lo", LocalBinding.ANY.sctp(), new HostResources(null, 0));
        var timeouts = new Timeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1), KeepAlive.DEFAULT);
        Set<Feature> needed = EnumSet.noneOf(Feature.class);
        for (Protocol protocol : Protocol.values()) {
            needed.addAll(SocketRequirements.of(client(everything(protocol), local, timeouts))
                    .features());
        }

        assertThat(needed).containsExactly(Feature.values());
    }

    @Test
    void aServerIsAskedForWhatConcernsItsEnd() {
        assertThat(SocketRequirements.ofServerFor(everything(Protocol.SCTP)).features())
                .containsExactly(
                        Feature.MSS,
                        Feature.FAIR_QUEUE_RATE,
                        Feature.DONT_FRAGMENT,
                        Feature.OFFLOAD,
                        Feature.SKIP_RECEIVE_COPY,
                        Feature.SCTP,
                        Feature.AFFINITY);
    }

    @Test
    void aUdpSocketIsNotAskedForWhatOnlyTcpHas() {
        var setup = Setups.udp(EVERYTHING, new UdpSetup.Datagrams(100, new DatagramSettings(false, true, Offload.OFF)));

        assertThat(SocketRequirements.of(setup).features()).containsExactly(Feature.FLOW_LABEL, Feature.DONT_FRAGMENT);
        assertThat(SocketRequirements.of(setup).missingFrom(Set.of(Feature.FLOW_LABEL)))
                .containsExactly(Feature.DONT_FRAGMENT);
    }
}
