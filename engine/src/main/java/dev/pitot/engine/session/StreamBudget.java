package dev.pitot.engine.session;

import java.util.ArrayDeque;
import java.util.Queue;

/// Limit on the data streams of all tests of a server: each costs a thread and a block of memory. Safe
/// for any thread.
public final class StreamBudget {
    /// 1024 streams take at most 128 MiB: for blocks, or for datagrams and the sequence numbers received.
    private static final int MAX_STREAMS = 1024;

    private final Queue<Request> waiting = new ArrayDeque<>(); // guarded by this
    private int free = MAX_STREAMS; // guarded by this

    /// Request of a test for streams. Safe for any thread.
    public static final class Request {
        private final int streams;
        private volatile boolean isGranted;

        private Request(int streams) {
            this.streams = streams;
        }

        public boolean isGranted() {
            return isGranted;
        }
    }

    /// Requests a number of streams. The oldest request is granted first.
    public synchronized Request request(int streams) {
        var request = new Request(streams);
        waiting.add(request);
        grant();
        return request;
    }

    /// Returns granted streams, or withdraws the request.
    public synchronized void release(Request request) {
        if (request.isGranted) {
            free += request.streams;
        } else {
            waiting.remove(request);
        }
        grant();
    }

    private void grant() {
        for (Request next = waiting.peek(); next != null && next.streams <= free; next = waiting.peek()) {
            free -= next.streams;
            next.isGranted = true;
            waiting.remove();
        }
    }
}
