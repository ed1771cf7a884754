package dev.pitot.lab.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// A console in memory: what it shows depends on the line that was typed.
final class ScriptedTransport implements ConsoleTransport {
    private static final int END = -1;

    private final Function<String, String> console;
    private final BlockingQueue<Integer> shown = new LinkedBlockingQueue<>();
    private final StringBuilder typing = new StringBuilder();
    private volatile boolean isClosed;

    /// @param console what is shown after a line; null for silence
    ScriptedTransport(Function<String, String> console) {
        this.console = console;
    }

    void show(String text) {
        for (byte next : text.getBytes(StandardCharsets.ISO_8859_1)) {
            shown.add(next & 0xFF);
        }
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    @SuppressWarnings("InputStreamSlowMultibyteRead") // it is read byte by byte
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    return shown.take();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        };
    }

    @Override
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int next) {
                if (next != '\n') {
                    typing.append((char) next);
                    return;
                }
                show(console.apply(typing.toString()));
                typing.setLength(0);
            }
        };
    }

    @Override
    public void close() {
        isClosed = true;
        shown.add(END);
    }
}
