package dev.pitot.message.legume;

import dev.pitot.message.link.Outlet;

/// Says goodbye, which nobody confirms, three times within 160 ms, with the same id, so that the
/// original hears it once. One thread.
final class Farewell {
    private static final int TIMES = 3;
    private static final long INTERVAL = 80_000_000;

    private final Sending sending;
    private int serial;
    private int said;
    private long nextAt;

    Farewell(Sending sending) {
        this.sending = sending;
    }

    void begin(long now) {
        serial = sending.takeSerial();
        nextAt = now;
    }

    /// Says it if it is time.
    ///
    /// @return whether that was the last time
    boolean say(Outlet outlet, long now) {
        if (nextAt - now > 0) {
            return false;
        }
        sending.sendBare(outlet, serial, SystemMessage.DISCONNECTED);
        said++;
        nextAt = now + INTERVAL;
        return said == TIMES;
    }

    long nextAt() {
        return nextAt;
    }
}
