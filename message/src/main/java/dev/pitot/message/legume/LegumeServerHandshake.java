package dev.pitot.message.legume;

/// How a server's end answers the request that opened it. Nothing proves that the request came
/// from where it says, so the answer leaves few times until the client has confirmed it: each
/// copy of the request is worth three datagrams. A client's end asks, and has no such limit.
/// One thread.
final class LegumeServerHandshake {
    /// How long a server waits for the confirmation. The original confirms at once.
    static final long LIMIT_NANOS = 3_000_000_000L;

    private static final int TIMES = 3;

    private boolean isServer;
    private int id;
    private int sequence;
    private int left = Integer.MAX_VALUE;
    private boolean isAcked;
    private boolean isRepeatWaiting;

    /// The first request has come.
    void begin(int requestId, int requestSequence) {
        isServer = true;
        id = requestId;
        sequence = requestSequence;
        left = TIMES;
    }

    /// Whether a request made this a server's end that is open, or was.
    boolean hasBegun() {
        return isServer;
    }

    /// Whether it is the request that came first, from a client that has not begun anew.
    boolean isSame(int requestId, int requestSequence) {
        return id == requestId && sequence == requestSequence;
    }

    /// The same request came again. Its acknowledgement is one of the datagrams that it is worth.
    void onRepeat() {
        left = Math.min(TIMES, left + TIMES - 1);
    }

    /// Whether the answer, or a client's request, may leave once more; anything may that comes
    /// later.
    boolean mayLeave() {
        return left > 0;
    }

    void onSent() {
        left--;
    }

    void onAcked() {
        isAcked = true;
        left = Integer.MAX_VALUE;
    }

    boolean isUnacked() {
        return isServer && !isAcked;
    }

    /// The same request came again though its answer was confirmed: either the acknowledgement
    /// was lost, or a client that died asks again with the same numbers, as the original does,
    /// which never asks again when it has an acknowledgement. So that waits for a sign of the old
    /// connection.
    void holdRepeat() {
        isRepeatWaiting = true;
    }

    /// The client goes on with the connection.
    ///
    /// @return whether a repeat of its request is to be acknowledged now
    boolean takeRepeat() {
        boolean was = isRepeatWaiting;
        isRepeatWaiting = false;
        return was;
    }

    int id() {
        return id;
    }
}
