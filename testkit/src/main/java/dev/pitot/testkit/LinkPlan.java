package dev.pitot.testkit;

/// Plan of a [LossyLink] for the datagrams of each stream. Immutable.
///
/// @param up rule for data from the client to the server
/// @param down rule for data from the server to the client
/// @param lostRequests number of handshake datagrams (4 or 11 bytes) dropped from the client,
///     beginning with the first
/// @param lostReplies number of handshake datagrams dropped from the server, beginning with the
///     first
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

    /// Returns a plan with the same rule for both directions.
    public static LinkPlan both(DatagramRule rule) {
        return new LinkPlan(rule, rule, 0, 0);
    }

    /// Returns a plan that drops handshake datagrams only.
    public static LinkPlan losingHandshakes(int requests, int replies) {
        return new LinkPlan(DatagramRule.passAll(), DatagramRule.passAll(), requests, replies);
    }
}
