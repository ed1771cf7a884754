package dev.pitot.checks.loss;

import dev.pitot.checks.program.Document;
import java.util.ArrayList;
import java.util.List;

/// Reports of both ends of a UDP test. Streams are in the order in which the client created them: first
/// those on which it sends, then those on which it receives.
///
/// @param client the client's document
/// @param server the server's document
record Reports(Document client, Document server) {
    /// The client's local ports.
    List<Integer> clientPorts() {
        return client.numbers("start.connected[].local_port").stream()
                .map(Long::intValue)
                .toList();
    }

    /// True for each stream on which the client sends.
    List<Boolean> isUp() {
        return client.all("end.streams[].udp.sender").stream()
                .map(Boolean::valueOf)
                .toList();
    }

    /// All counts of lost datagrams, of any interval, of either end.
    List<Long> lossesOfIntervals() {
        List<Long> losses = new ArrayList<>();
        for (Document document : List.of(client, server)) {
            for (String part : List.of("streams[]", "sum", "sum_bidir_reverse")) {
                losses.addAll(document.numbers("intervals[]." + part + ".lost_packets"));
            }
        }
        return losses;
    }

    /// The client's values of all streams.
    List<Long> told(String key) {
        return client.numbers("end.streams[].udp." + key);
    }

    /// The receivers' values of all streams; a missing key counts as 0.
    List<Long> received(String key) {
        List<Long> received = new ArrayList<>();
        for (int i = 0; i < isUp().size(); i++) {
            Document receiver = isUp().get(i) ? server : client;
            received.add(receiver.numberAt("end.streams[" + i + "].udp." + key));
        }
        return received;
    }
}
