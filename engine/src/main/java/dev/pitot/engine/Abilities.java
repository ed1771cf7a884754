package dev.pitot.engine;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.LocalEnd;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.model.config.StreamSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Refuses by name what a socket family cannot do, before anything is opened.
final class Abilities {
    private Abilities() {}

    static void check(ClientConfig client, SocketFamily family) {
        Set<Feature> needs = needs(client.test());
        needs.addAll(needs(client.timeouts()));
        needs.addAll(needs(client.local()));
        refuse(needs, family);
    }

    static void check(ServerConfig server, SocketFamily family) {
        Set<Feature> needs = needs(server.timeouts());
        needs.addAll(needs(server.local()));
        refuse(needs, family);
    }

    private static void refuse(Set<Feature> needs, SocketFamily family) {
        needs.removeAll(family.features());
        if (!needs.isEmpty()) {
            String options = needs.stream().map(Feature::option).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    options + " cannot be done with " + family.name() + " sockets (--socket linux can, on Linux)");
        }
    }

    private static Set<Feature> needs(TestConfig test) {
        StreamSettings streams = test.streams();
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        add(needs, Feature.MSS, streams.socket().mss() != 0);
        add(needs, Feature.CONGESTION, streams.socket().congestion() != null);
        add(needs, Feature.FLOW_LABEL, streams.socket().flowLabel() != 0);
        add(needs, Feature.FAIR_QUEUE_RATE, !streams.pacing().fairQueueRate().isUnlimited());
        add(needs, Feature.DONT_FRAGMENT, streams.datagrams().dontFragment());
        add(needs, Feature.OFFLOAD, streams.datagrams().offload());
        add(needs, Feature.SKIP_RECEIVE_COPY, streams.payload().skipReceiveCopy());
        add(needs, Feature.MULTIPATH_TCP, test.protocol() == Protocol.MULTIPATH_TCP);
        add(needs, Feature.SCTP, test.protocol() == Protocol.SCTP);
        return needs;
    }

    private static Set<Feature> needs(Timeouts timeouts) {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        add(needs, Feature.USER_TIMEOUT, !timeouts.send().isZero());
        add(needs, Feature.KEEP_ALIVE, timeouts.controlKeepAlive() != null);
        return needs;
    }

    private static Set<Feature> needs(LocalEnd local) {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        add(needs, Feature.BIND_DEVICE, local.device() != null);
        add(needs, Feature.AFFINITY, local.resources().core() != null);
        return needs;
    }

    private static void add(Set<Feature> needs, Feature feature, boolean isNeeded) {
        if (isNeeded) {
            needs.add(feature);
        }
    }
}
