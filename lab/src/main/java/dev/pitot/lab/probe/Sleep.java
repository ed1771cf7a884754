package dev.pitot.lab.probe;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Doing nothing for a while, until interrupted.
public final class Sleep {
    private Sleep() {}

    public static void pause(Duration length) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    }
}
