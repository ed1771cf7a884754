package dev.pitot.engine.server;

import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells all listeners of a server what happens to it. Each has a queue and a thread of its own.
/// Any thread.
public final class ServerAnnouncer implements AutoCloseable {
    private final List<ServerListenerQueue> queues;

    ServerAnnouncer(List<ServerListener> listeners) {
        queues = listeners.stream().map(ServerListenerQueue::new).toList();
    }

    /// Tells everybody. Returns at once.
    void announce(ServerEvent event) {
        queues.forEach(queue -> queue.announce(event));
    }

    /// Tells one listener.
    ///
    /// @param index in the order of construction
    void announce(int index, ServerEvent event) {
        queues.get(index).announce(event);
    }

    int listeners() {
        return queues.size();
    }

    /// Events that slow listeners missed, added up.
    public long dropped() {
        return queues.stream().mapToLong(ServerListenerQueue::dropped).sum();
    }

    /// What a listener threw, after which it is told nothing more; null if none did. Of several,
    /// the first in the order of construction.
    public @Nullable Throwable failure() {
        return queues.stream()
                .map(ServerListenerQueue::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// Waits until everything has been told.
    @Override
    public void close() {
        queues.forEach(ServerListenerQueue::close);
    }
}
