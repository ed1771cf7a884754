package dev.pitot.lab.monitor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Files of monitors in memory. Any thread may use it.
final class MemoryFiles implements Function<String, Consumer<String>> {
    private final Map<String, StringBuffer> texts = new ConcurrentHashMap<>();

    @Override
    public Consumer<String> apply(String name) {
        var text = new StringBuffer();
        if (texts.putIfAbsent(name, text) != null) {
            throw new AssertionError(name + " is made twice");
        }
        return line -> text.append(line + "\n");
    }

    String text(String name) {
        StringBuffer text = texts.get(name);
        return text == null ? "" : text.toString();
    }

    List<String> names() {
        return List.copyOf(texts.keySet());
    }
}
