package dev.pitot.message.legume;

import dev.pitot.message.channel.Channel;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/// Checks that a connection can carry a message's fields. Two kinds are not legume's: bytes to the message's end, which
/// no connection carries, since nothing in a datagram shows where a message ends; and 64 bits, which only another Pitot
/// gets, since an original would read them as other fields. The peer's first ping shows which one it is: ids of Pitot's
/// pings have [PendingPings#OWN].
final class FieldCheck {
    private final BodyLengths types;
    private volatile boolean isPeerKnown;
    private volatile boolean isPeerPitot;

    FieldCheck(BodyLengths types) {
        this.types = types;
    }

    /// True if this end's types have any of 64 bits. Its first ping must not be long in coming then: its peer, whose
    /// types are the same, waits for it.
    boolean hasWideFields() {
        return IntStream.range(SystemMessage.FIRST_USER_TYPE, SystemMessage.TYPES)
                .anyMatch(type -> types.fieldOfPitot(type) != null);
    }

    /// A datagram came.
    ///
    /// @param id of a ping in it; -1 if there is none
    void onPing(int id) {
        if (id >= 0 && !isPeerPitot) {
            isPeerPitot = (id & PendingPings.OWN) != 0;
            isPeerKnown = true;
        }
    }

    /// Checks that the connection can carry a message. Any thread.
    ///
    /// @throws IllegalArgumentException with a sentence, if not
    void check(ByteBuffer payload, Channel.Kind kind) {
        SendQueues.check(payload, kind);
        int type = payload.get(payload.position()) & 0xFF;
        String openEnded = types.openEndedField(type);
        if (openEnded != null) {
            throw new IllegalArgumentException(
                    openEnded + " is the rest of the message, and in legume's protocol nothing tells where a message"
                            + " ends: send a text, or use extended mode");
        }
        boolean wasKnown = isPeerKnown; // read first: a ping may come meanwhile
        String wide = isPeerPitot ? null : types.fieldOfPitot(type);
        if (wide != null) {
            throw new IllegalArgumentException(
                    wasKnown
                            ? wide + " has 64 bits, and the peer is an original legume, which cannot read them"
                            : wide + " has 64 bits, and nothing has shown yet that the peer is a Pitot, which can read"
                                    + " them: try again after a round trip, or use extended mode");
        }
    }
}
