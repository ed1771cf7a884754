package dev.pitot.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// Applies a rule to the datagrams of one stream in one direction: decides which of them leave the
/// link and in what order, and counts them. Uses no socket. Owned by one thread; any thread may
/// read the tally.
final class LinkDirection {
    /// iperf.h: UDP_CONNECT_MSG and UDP_CONNECT_REPLY are 4 bytes; a request between two Pitots has
    /// 11. Both are shorter than the header of a data datagram.
    private static final Set<Integer> HANDSHAKE_BYTES = Set.of(4, 11);

    private final DatagramRule rule;
    private final int handshakesToLose;
    private final List<DelayedDatagram> delayed = new ArrayList<>();
    private long number;
    private volatile StreamLinkCounts tally = StreamLinkCounts.NOTHING;

    LinkDirection(DatagramRule rule, int handshakesToLose) {
        this.rule = rule;
        this.handshakesToLose = handshakesToLose;
    }

    StreamLinkCounts tally() {
        return tally;
    }

    /// Processes a datagram that arrived at the link.
    ///
    /// @return datagrams that leave the link now, in this order
    List<byte[]> onDatagram(byte[] datagram) {
        if (HANDSHAKE_BYTES.contains(datagram.length)) {
            boolean isLost = tally.lostHandshakes() < handshakesToLose;
            tally = tally.plusHandshake(isLost);
            return isLost ? List.of() : List.of(datagram);
        }
        number++;
        return switch (rule.actionOf(number)) {
            case DatagramAction.Pass _ -> {
                tally = tally.plusPassed(0);
                yield withOvertaken(List.of(datagram));
            }
            case DatagramAction.Drop _ -> {
                tally = tally.plusDropped();
                yield List.of();
            }
            case DatagramAction.Duplicate _ -> {
                tally = tally.plusDuplicated();
                yield withOvertaken(List.of(datagram, datagram));
            }
            case DatagramAction.Delay(int others) -> {
                delayed.add(new DelayedDatagram(datagram, others));
                yield List.of();
            }
        };
    }

    /// Called when no datagram has arrived for a while: releases the delayed datagrams.
    ///
    /// @return datagrams that leave the link now, in order
    List<byte[]> onSilence() {
        List<byte[]> leaving = new ArrayList<>();
        for (DelayedDatagram waiting : delayed) {
            leaving.add(release(waiting));
        }
        delayed.clear();
        return leaving;
    }

    private List<byte[]> withOvertaken(List<byte[]> passing) {
        if (delayed.isEmpty()) {
            return passing;
        }
        List<byte[]> leaving = new ArrayList<>(passing);
        for (Iterator<DelayedDatagram> all = delayed.iterator(); all.hasNext(); ) {
            DelayedDatagram waiting = all.next();
            waiting.overtaken++;
            if (waiting.overtaken == waiting.others) {
                leaving.add(release(waiting));
                all.remove();
            }
        }
        return leaving;
    }

    private byte[] release(DelayedDatagram waiting) {
        tally = tally.plusPassed(waiting.overtaken > 0 ? 1 : 0);
        return waiting.datagram;
    }

    /// Delayed datagram, to be released when others have overtaken it.
    private static final class DelayedDatagram {
        private final byte[] datagram;
        private final int others;
        private int overtaken;

        DelayedDatagram(byte[] datagram, int others) {
            this.datagram = datagram;
            this.others = others;
        }
    }
}
