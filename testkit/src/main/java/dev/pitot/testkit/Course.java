package dev.pitot.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// The datagrams of one stream on their way in one direction: which of them leave the link, in
/// what order, and how many had which fate. Knows no socket. Belongs to one thread, but any may
/// ask for the tally.
final class Course {
    /// iperf.h: UDP_CONNECT_MSG and UDP_CONNECT_REPLY are 4 bytes; a request between two Pitots has 11. Both are
    /// less than the header of any datagram of data.
    private static final Set<Integer> HANDSHAKE_BYTES = Set.of(4, 11);

    private final DatagramRule rule;
    private final int handshakesToLose;
    private final List<Late> late = new ArrayList<>();
    private long number;
    private volatile LinkTally tally = LinkTally.NOTHING;

    Course(DatagramRule rule, int handshakesToLose) {
        this.rule = rule;
        this.handshakesToLose = handshakesToLose;
    }

    LinkTally tally() {
        return tally;
    }

    /// Takes what came to the link.
    ///
    /// @return what leaves it now, in this order
    List<byte[]> onDatagram(byte[] datagram) {
        if (HANDSHAKE_BYTES.contains(datagram.length)) {
            boolean isLost = tally.lostHandshakes() < handshakesToLose;
            tally = tally.plusHandshake(isLost);
            return isLost ? List.of() : List.of(datagram);
        }
        number++;
        return switch (rule.fateOf(number)) {
            case Fate.Pass _ -> {
                tally = tally.plusPassed(0);
                yield withOvertaken(List.of(datagram));
            }
            case Fate.Drop _ -> {
                tally = tally.plusDropped();
                yield List.of();
            }
            case Fate.Duplicate _ -> {
                tally = tally.plusDuplicated();
                yield withOvertaken(List.of(datagram, datagram));
            }
            case Fate.Delay(int others) -> {
                late.add(new Late(datagram, others));
                yield List.of();
            }
        };
    }

    /// Nothing has come for a while: what waited for others to overtake it waits no longer.
    ///
    /// @return what leaves the link now, in this order
    List<byte[]> onSilence() {
        List<byte[]> leaving = new ArrayList<>();
        for (Late waiting : late) {
            leaving.add(release(waiting));
        }
        late.clear();
        return leaving;
    }

    private List<byte[]> withOvertaken(List<byte[]> passing) {
        if (late.isEmpty()) {
            return passing;
        }
        List<byte[]> leaving = new ArrayList<>(passing);
        for (Iterator<Late> all = late.iterator(); all.hasNext(); ) {
            Late waiting = all.next();
            waiting.overtaken++;
            if (waiting.overtaken == waiting.others) {
                leaving.add(release(waiting));
                all.remove();
            }
        }
        return leaving;
    }

    private byte[] release(Late waiting) {
        tally = tally.plusPassed(waiting.overtaken > 0 ? 1 : 0);
        return waiting.datagram;
    }

    /// A datagram that waits until others have overtaken it.
    private static final class Late {
        private final byte[] datagram;
        private final int others;
        private int overtaken;

        Late(byte[] datagram, int others) {
            this.datagram = datagram;
            this.others = others;
        }
    }
}
