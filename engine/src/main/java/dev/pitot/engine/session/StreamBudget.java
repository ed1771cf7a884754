package dev.pitot.engine.session;

import java.util.ArrayDeque;
import java.util.Queue;

/// The data streams that all tests of a server may have together: each costs a thread and a
/// block of memory. Safe for any thread.
public final class StreamBudget {
    /// 1024 streams take 128 MiB at most: for blocks, or for datagrams and the numbers that
    /// arrived.
    private static final int MAX_STREAMS = 1024;

    private final Queue<Request> waiting = new ArrayDeque<>(); // guarded by this
    private int free = MAX_STREAMS; // guarded by this

    /// A test's wish for room. Safe for any thread.
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

    /// Asks for room for so many streams. The request that has waited longest gets it first.
    public synchronized Request request(int streams) {
        var request = new Request(streams);
        waiting.add(request);
        grant();
        return request;
    }

    /// Gives the room back, or no longer asks for it.
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
