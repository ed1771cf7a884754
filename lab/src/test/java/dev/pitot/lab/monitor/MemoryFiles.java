package dev.pitot.lab.monitor;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// Files of monitors in memory. Any thread may use it.
final class MemoryFiles implements Function<String, Consumer<String>> {
    private final Map<String, Queue<String>> texts = new ConcurrentHashMap<>();

    @Override
    public Consumer<String> apply(String name) {
        Queue<String> text = new ConcurrentLinkedQueue<>();
        if (texts.putIfAbsent(name, text) != null) {
            throw new AssertionError(name + " is made twice");
        }
        return line -> text.add(line + "\n");
    }

    String text(String name) {
        return String.join("", texts.getOrDefault(name, new ConcurrentLinkedQueue<>()));
    }

    List<String> names() {
        return List.copyOf(texts.keySet());
    }
}
