package dev.pitot.socket;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/// Wait policy that counts slices instead of time. One thread.
final class Slices implements WaitPolicy {
    private final IOException end;
    private final int sliceMillis;
    private int left;

    private Slices(int count, int sliceMillis, IOException end) {
        this.left = count;
        this.sliceMillis = sliceMillis;
        this.end = end;
    }

    /// Returns a policy with more slices than any test needs.
    static Slices plenty() {
        return new Slices(80, MAX_SLICE_MILLIS, new SocketTimeoutException("test took too long"));
    }

    /// Times out after `count` short slices.
    static Slices thenTimeout(int count) {
        return new Slices(count, 10, new SocketTimeoutException("timed out"));
    }

    /// Cancelled after `count` short slices.
    static Slices thenCancelled(int count) {
        return new Slices(count, 10, new InterruptedIOException("cancelled"));
    }

    @Override
    public int nextSliceMillis() throws IOException {
        if (left-- == 0) {
            throw end;
        }
        return sliceMillis;
    }
}
