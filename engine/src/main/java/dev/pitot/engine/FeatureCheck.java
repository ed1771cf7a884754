package dev.pitot.engine;

import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.ServerConfig;
import dev.pitot.socket.SocketFamily;
import dev.pitot.socket.SocketFamily.Feature;
import dev.pitot.socket.SocketRequirements;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks, before anything is opened, that a socket family supports every option of a configuration, and
/// rejects the options that it lacks by name.
final class FeatureCheck {
    private FeatureCheck() {}

    static void check(ClientConfig client, SocketFamily family) {
        refuse(SocketRequirements.of(client), family);
    }

    static void check(ServerConfig server, SocketFamily family) {
        refuse(SocketRequirements.of(server), family);
    }

    private static void refuse(SocketRequirements requirements, SocketFamily family) {
        Set<Feature> missing = requirements.missingFrom(family.features());
        if (!missing.isEmpty()) {
            String options = missing.stream().map(Feature::option).collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    options + " cannot be done with " + family.name() + " sockets (--socket linux can, on Linux)");
        }
    }
}
