package dev.pitot.message.legume;

/// Keeps fields that Pitot has added to legume's from an original peer, which would read them as others. The peer's
/// first ping shows which one it is: ids of Pitot's pings have [PendingPings#OWN].
final class PitotFields {
    private final BodyLengths types;
    private boolean isPeerKnown;
    private boolean isPeerPitot;

    PitotFields(BodyLengths types) {
        this.types = types;
    }

    void onPing(int id) {
        isPeerKnown = true;
        isPeerPitot |= (id & PendingPings.OWN) != 0;
    }

    /// True if a message may be sent; false while the peer is not known.
    ///
    /// @throws IllegalArgumentException with a sentence, if the peer cannot read messages of this type
    boolean allow(int typeId) {
        String field = types.fieldOfPitot(typeId);
        if (field == null || isPeerPitot) {
            return true;
        }
        if (isPeerKnown) {
            throw new IllegalArgumentException(
                    field + " has 64 bits, and the peer is an original legume, which cannot read them");
        }
        return false;
    }
}
