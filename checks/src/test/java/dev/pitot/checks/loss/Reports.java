package dev.pitot.checks.loss;

import dev.pitot.checks.program.Document;
import java.util.ArrayList;
import java.util.List;

/// What both ends of a UDP test report. Streams are in the order in which the client made them:
/// first those on which it sends, then those on which it receives.
///
/// @param client the client's document
/// @param server the server's document
record Reports(Document client, Document server) {
    /// Where the client sends from.
    List<Integer> clientPorts() {
        return client.numbers("start.connected[].local_port").stream()
                .map(Long::intValue)
                .toList();
    }

    /// Whether the client sends on each stream.
    List<Boolean> isUp() {
        return client.all("end.streams[].udp.sender").stream()
                .map(Boolean::valueOf)
                .toList();
    }

    /// All figures of lost datagrams, of any interval, of either end.
    List<Long> lossesOfIntervals() {
        List<Long> losses = new ArrayList<>();
        for (Document document : List.of(client, server)) {
            for (String part : List.of("streams[]", "sum", "sum_bidir_reverse")) {
                losses.addAll(document.numbers("intervals[]." + part + ".lost_packets"));
            }
        }
        return losses;
    }

    /// What the client tells of all streams.
    List<Long> told(String key) {
        return client.numbers("end.streams[].udp." + key);
    }

    /// What the receivers of all streams tell; a key that is left out stands for 0.
    List<Long> received(String key) {
        List<Long> received = new ArrayList<>();
        for (int i = 0; i < isUp().size(); i++) {
            Document receiver = isUp().get(i) ? server : client;
            received.add(receiver.numberAt("end.streams[" + i + "].udp." + key));
        }
        return received;
    }
}
