package dev.pitot.message.legume;

import static dev.pitot.message.legume.DatagramPacker.PING_BYTES;
import static dev.pitot.message.legume.SystemMessage.FIRST_USER_TYPE;
import static dev.pitot.message.legume.SystemMessage.PREFIX_BYTES;
import static dev.pitot.message.legume.SystemMessage.RELIABLE;
import static dev.pitot.message.legume.UnackedMessages.NONE;

import dev.pitot.message.accounting.Deadlines;
import dev.pitot.message.accounting.LinkCounters;
import dev.pitot.message.channel.Metrics;
import dev.pitot.message.link.DatagramSender;
import java.nio.ByteBuffer;

/// The sending half of a link, with [SequenceNumbers] of messages and a [CongestionWindow]. One thread.
final class ReliableSender {
    private static final long BLOCKED_NANOS = 1_000_000; // until a sender without room is tried again
    private static final long ANSWER_NANOS = 100_000_000; // at least from one answer to the next
    private final LinkCounters counters;
    private final LegumeServerHandshake serverHandshake;
    private final Runnable onAnswerAcked;
    private final RetransmissionTimeout roundTrip = new RetransmissionTimeout();
    private final CongestionWindow window = new CongestionWindow(roundTrip);
    private final UnackedMessages unacked = new UnackedMessages();
    private final SendQueues queues;
    private final SequenceNumbers numbers;
    private final OrderedBatch batch = new OrderedBatch();
    private final PendingReplies replies;
    private final PendingPings pings;
    private final DatagramPacker packer;
    private int handshakeSerial;
    private boolean established;
    private long blockedUntil = Deadlines.NEVER;
    private int turn;

    /// @param seed its lower 16 bits are the first id, all of it chooses the ids of pings
    /// @param onAnswerAcked called when the answer to the request has arrived
    ReliableSender(
            LegumeSettings settings,
            LinkCounters counters,
            PendingReplies replies,
            long seed,
            LegumeServerHandshake serverHandshake,
            Runnable onAnswerAcked) {
        this.counters = counters;
        this.replies = replies;
        this.serverHandshake = serverHandshake;
        this.onAnswerAcked = onAnswerAcked;
        this.queues = new SendQueues(settings.queueLimitBytes());
        this.numbers = new SequenceNumbers((int) seed & 0xFFFF, unacked);
        this.packer = new DatagramPacker(counters, serverHandshake);
        this.pings = new PendingPings(seed, settings.pingNanos(), roundTrip);
    }

    SendQueues queues() {
        return queues;
    }

    /// Queues a message of the handshake, type and body, to be confirmed as reliable ones are.
    void handshake(int flags, int sequence, byte... payload) {
        queues.reliable.add(ByteBuffer.wrap(payload), flags | RELIABLE, sequence);
    }

    /// The server has answered the request: so that came.
    void onRequestAnswered(long now) {
        confirm(unacked.slotOf(handshakeSerial), now);
    }

    /// The peer asks again, or goes on: the answer may be lost, or its confirmation.
    void repeatAnswer(long now) {
        int slot = unacked.slotOf(handshakeSerial);
        if (slot != NONE && unacked.datagramSlot(slot) != NONE && now - unacked.sentAt(slot) >= ANSWER_NANOS) {
            window.leave(unacked.datagramSlot(slot));
            unacked.onOverdue(slot);
        }
    }

    /// Messages of the user may leave from now on, and pings do.
    void establish(boolean isPingDue, long now) {
        if (!established) {
            established = true;
            pings.start(isPingDue, now);
        }
    }

    /// True if the peer has got this end's answer to its request, or has answered this end's.
    boolean isEstablished() {
        return established;
    }

    Metrics metrics(int reorderQueue) {
        var waiting = new Metrics.Waiting(queues.unsentBytes(), unacked.size(), reorderQueue);
        return counters.metrics(roundTrip.metrics(), waiting);
    }

    long heldBytes() {
        return queues.heldBytes() + pings.heldBytes();
    }

    /// Returns the type of the message on which the connection [stalls][UnackedMessages#stalled], or NONE.
    int stalledType(long timeoutNanos, long now) {
        int slot = unacked.stalled(numbers.next(), timeoutNanos, now);
        MessageQueue queue = slot != NONE && unacked.isOrdered(slot) ? queues.ordered : queues.reliable;
        return slot == NONE ? NONE : queue.type(unacked.position(slot));
    }

    /// For so long nothing was read.
    void extendTimeouts(long unreadNanos, long now) {
        unacked.extend(unreadNanos, now);
    }

    int takeSerial() {
        return numbers.take();
    }

    /// Forgets everything but answers: nothing is sent or repeated any more.
    void abandon() {
        queues.clear();
        batch.clear();
        pings.stop();
        unacked.clear();
        window.clear();
    }

    /// An acknowledgement, which may be of anything.
    void onAck(int id, long now) {
        int serial = numbers.latest(id);
        int slot = (id & 0xFFFF) == id ? unacked.slotOf(serial) : NONE;
        if (slot == NONE && serial != handshakeSerial) { // which its answer may have confirmed
            serverHandshake.onStray();
        }
        confirm(slot, now);
    }

    private void confirm(int slot, long now) {
        if (slot != NONE && unacked.repeats(slot) == 0) {
            roundTrip.sample(unacked.sentAt(slot), now);
        }
        acknowledge(slot);
    }

    void onPong(int id, long now) {
        int ping = pings.answered(id, now);
        if (ping < 0) {
            serverHandshake.onStray();
            return;
        }
        roundTrip.sample(pings.sentAt(ping), now);
        numbers.onArrived(pings.serial(ping));
        for (int i = 0; i < pings.provenCount(ping); i++) {
            acknowledge(unacked.slotOf(pings.proven(ping, i)));
        }
    }

    private void acknowledge(int slot) {
        if (slot == NONE) {
            return;
        }
        long position = unacked.position(slot);
        MessageQueue queue = unacked.isOrdered(slot) ? queues.ordered : queues.reliable;
        int type = queue.type(position);
        if (queue == queues.ordered) {
            batch.onAcked(PREFIX_BYTES + queue.length(position));
        }
        numbers.onArrived(unacked.serial(slot));
        if (unacked.datagramSlot(slot) != NONE) {
            window.onAcked(unacked.datagramSlot(slot));
        }
        queue.release(position);
        unacked.remove(slot);
        if (type < FIRST_USER_TYPE && type != SystemMessage.CONNECT_REQUEST) {
            onAnswerAcked.run();
        }
    }

    void flush(DatagramSender sender, long now) {
        expire(now);
        if (blockedUntil != Deadlines.NEVER && blockedUntil - now > 0) {
            return;
        }
        blockedUntil = Deadlines.NEVER;
        while (pack(now)) {
            if (!sender.send(packer.finish())) {
                packer.onRefused(window.isOpen());
                blockedUntil = now + BLOCKED_NANOS;
                return;
            }
        }
    }

    /// Sends a message without a body by itself.
    void sendBare(DatagramSender sender, int serial, int type) {
        packer.begin();
        packer.bare(serial, type);
        window.begin();
        if (serverHandshake.mayLeave(SystemMessage.HEADER_BYTES) && !sender.send(packer.finish())) {
            packer.onRefused(false);
        }
    }

    private void expire(long now) {
        int slot = unacked.firstExpired(roundTrip, now);
        while (slot != NONE) {
            giveUp(slot, now);
            slot = unacked.firstExpired(roundTrip, now);
        }
        if (Deadlines.isDue(batch.expiry(roundTrip), now)) {
            batch.onOverdue();
            for (int i = 0; i < batch.size(); i++) {
                giveUp(unacked.slotOf(batch.serial(i)), now);
            }
        }
        if (Deadlines.isDue(pings.nextAt(), now)) {
            queues.trim();
            replies.trim();
        }
    }

    private void giveUp(int slot, long now) {
        if (slot == NONE) {
            return;
        }
        if (window.leave(unacked.datagramSlot(slot))) {
            counters.onLost();
        }
        unacked.onOverdue(slot);
        window.onLoss(now);
    }

    private boolean pack(long now) {
        packer.begin();
        pings.begin();
        window.begin();
        boolean isAlone = packSuspect(now);
        if (!isAlone) {
            replies.pack(packer, numbers, counters);
            packOverdue(now);
            packNew(now);
        }
        pings.pack(packer, numbers, counters, !isAlone && unacked.isOldestSuspect(), now);
        return !packer.isEmpty();
    }

    /// What the peer may be unable to read is alone in its datagram, of which it then reads nothing.
    private boolean packSuspect(long now) {
        int slot = unacked.firstOverdue();
        if (batch.isOverdue() && unacked.isSuspect(unacked.slotOf(batch.serial(batch.size() - 1)))) {
            packOverdueBatch(now);
        } else if (unacked.isSuspect(slot) && window.open(numbers.mostRepeats())) {
            repeat(slot, queues.reliable, now);
        }
        return window.isOpen();
    }

    private void packOverdueBatch(long now) {
        if (batch.isOverdue() && packer.fits(batch.bytes() + PING_BYTES) && window.open(numbers.mostRepeats())) {
            for (int i = 0; i < batch.size(); i++) {
                repeat(unacked.slotOf(batch.serial(i)), queues.ordered, now);
            }
            batch.onRepeat(now);
        }
    }

    private void packOverdue(long now) {
        packOverdueBatch(now);
        int slot = unacked.firstOverdue();
        while (slot != NONE
                && !unacked.isSuspect(slot)
                && serverHandshake.mayLeave(repeatBytes(slot))
                && packer.fits(repeatBytes(slot))
                && window.open(numbers.mostRepeats())) {
            repeat(slot, queues.reliable, now);
            slot = unacked.firstOverdue();
        }
    }

    private int repeatBytes(int slot) {
        return PREFIX_BYTES + queues.reliable.length(unacked.position(slot)) + PING_BYTES;
    }

    private void repeat(int slot, MessageQueue queue, long now) {
        if (slot == NONE) {
            return;
        }
        long position = unacked.position(slot);
        write(queue, position, unacked.serial(slot));
        boolean isPassedOver = established && roundTrip.isOvertaken(unacked.sentAt(slot));
        unacked.onRepeat(slot, window.onMessage(), isPassedOver, now);
        pings.onMessage(
                unacked.serial(slot), queue.type(position) != SystemMessage.CONNECT_REQUEST); // its answer is proof
        counters.onResent();
    }

    private void write(MessageQueue queue, long position, int serial) {
        queue.copyTo(packer.prefix(serial, queue.sequence(position), queue.flags(position)), position);
    }

    private void packNew(long now) {
        if (!window.mayStart(now)) {
            return;
        }
        int before = numbers.next();
        for (int i = 0; i < 3; i++) {
            switch ((turn + i) % 3) {
                case 0 -> packUnreliable();
                case 1 -> packReliable(now);
                default -> packOrdered(now);
            }
        }
        turn = (turn + 1) % 3; // so that none is always served last
        if (numbers.next() != before) {
            window.onNewDatagram(now);
        }
    }

    /// True if the first message of a queue has room, and its id is safe.
    private boolean mayLeave(MessageQueue queue, int reserve) {
        return queue.hasUnsent()
                && packer.fits(PREFIX_BYTES + queue.length(queue.unsent()) + reserve)
                && numbers.mayTakeNew()
                && (established || queue.type(queue.unsent()) < FIRST_USER_TYPE);
    }

    private void packUnreliable() {
        MessageQueue queue = queues.unreliable;
        while (mayLeave(queue, pings.needsProof() ? PING_BYTES : 0)) {
            long position = queue.unsent();
            write(queue, position, numbers.take());
            queues.onFirstSent(queue, counters);
            queue.release(position);
        }
    }

    private void packReliable(long now) {
        while (mayLeave(queues.reliable, pings.needsProof() ? PING_BYTES : 0) && window.open(CongestionWindow.MAX)) {
            sendFirst(queues.reliable, false, now);
        }
    }

    private void packOrdered(long now) {
        if (!batch.isEmpty()) {
            return;
        }
        while (mayLeave(queues.ordered, PING_BYTES) && window.open(CongestionWindow.MAX)) {
            batch.add(numbers.next(), PREFIX_BYTES + queues.ordered.length(queues.ordered.unsent()), now);
            sendFirst(queues.ordered, true, now);
        }
    }

    private void sendFirst(MessageQueue queue, boolean inGroup, long now) {
        long position = queue.unsent();
        int serial = numbers.take();
        if (SystemMessage.isHandshake(queue.type(position))) {
            handshakeSerial = serial;
        }
        int slot = unacked.add(serial, position, inGroup);
        unacked.onSent(slot, window.onMessage(), now);
        pings.onMessage(serial, false);
        write(queue, position, serial);
        queues.onFirstSent(queue, counters);
    }

    /// Returns the time when [#flush(DatagramSender, long)] has something to do; one that has come if at once.
    long wakeAt(long now) {
        long timers = Deadlines.earlier(unacked.nextExpiry(roundTrip), batch.expiry(roundTrip));
        timers = Deadlines.earlier(timers, pings.nextAt());
        if (queues.hasUnsent() && numbers.isUnheard()) {
            timers = Deadlines.earlier(timers, pings.askAt());
        }
        if (unacked.isOldestSuspect()) {
            timers = Deadlines.earlier(timers, pings.probeAt());
        }
        if (blockedUntil != Deadlines.NEVER) {
            return Deadlines.earlier(timers, blockedUntil);
        }
        if (replies.isUrgent(numbers.mayTakeAck()) || canRepeat()) {
            return now;
        }
        return canSendNew() ? Deadlines.earlier(timers, window.paceAt(now)) : timers;
    }

    private boolean canRepeat() {
        int slot = unacked.firstOverdue();
        boolean isOverdue = slot != NONE && serverHandshake.mayLeave(repeatBytes(slot));
        return (isOverdue || batch.isOverdue()) && window.hasRoom(numbers.mostRepeats());
    }

    private boolean canSendNew() {
        if (!queues.hasUnsent() || !numbers.mayTakeNew()) {
            return false;
        }
        boolean room = window.hasRoom(CongestionWindow.MAX);
        if (!established) {
            return room && queues.isHandshakeNext();
        }
        return queues.unreliable.hasUnsent()
                || (room && queues.reliable.hasUnsent())
                || (room && batch.isEmpty() && queues.ordered.hasUnsent());
    }
}
