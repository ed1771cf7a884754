package dev.pitot.message.legume;

import dev.pitot.message.link.DatagramSender;

/// Says goodbye, which nobody confirms, three times within 160 ms, with the same id, so that the
/// original hears it once. One thread.
final class DisconnectSender {
    private static final int TIMES = 3;
    private static final long INTERVAL = 80_000_000;

    private final ReliableSender reliableSender;
    private int serial;
    private int said;
    private long nextAt;

    DisconnectSender(ReliableSender reliableSender) {
        this.reliableSender = reliableSender;
    }

    void begin(long now) {
        serial = reliableSender.takeSerial();
        nextAt = now;
    }

    /// Says it if it is time.
    ///
    /// @return whether that was the last time
    boolean send(DatagramSender sender, long now) {
        if (nextAt - now > 0) {
            return false;
        }
        reliableSender.sendBare(sender, serial, SystemMessage.DISCONNECTED);
        said++;
        nextAt = now + INTERVAL;
        return said == TIMES;
    }

    long nextAt() {
        return nextAt;
    }
}
