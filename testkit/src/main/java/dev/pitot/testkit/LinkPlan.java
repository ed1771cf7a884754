package dev.pitot.testkit;

/// What a [LossyLink] does with the datagrams of each stream. Immutable.
///
/// @param up for data from the client to the server
/// @param down for data from the server to the client
/// @param lostRequests how many of the handshake datagrams (4 bytes) that a client sends first
///     are dropped
/// @param lostReplies how many of those that the server sends first are dropped
public record LinkPlan(DatagramRule up, DatagramRule down, int lostRequests, int lostReplies) {
    /// @throws IllegalArgumentException if a number is negative
    public LinkPlan {
        if (lostRequests < 0) {
            throw new IllegalArgumentException("lostRequests < 0: " + lostRequests);
        }
        if (lostReplies < 0) {
            throw new IllegalArgumentException("lostReplies < 0: " + lostReplies);
        }
    }

    /// A link that treats both directions alike.
    public static LinkPlan both(DatagramRule rule) {
        return new LinkPlan(rule, rule, 0, 0);
    }

    /// A perfect link, but for the handshake.
    public static LinkPlan losingHandshakes(int requests, int replies) {
        return new LinkPlan(DatagramRule.passAll(), DatagramRule.passAll(), requests, replies);
    }
}
