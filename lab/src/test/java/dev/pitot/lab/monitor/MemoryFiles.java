package dev.pitot.lab.monitor;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Files in memory. The disk may be full from the start or after some lines.
final class MemoryFiles implements MonitorFiles {
    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final int linesThatFit;

    MemoryFiles() {
        this(Integer.MAX_VALUE);
    }

    MemoryFiles(int linesThatFit) {
        this.linesThatFit = linesThatFit;
    }

    @Override
    public Writer open(String name) throws IOException {
        if (linesThatFit == 0) {
            throw new IOException("No space left on device");
        }
        var file = new File(linesThatFit);
        if (files.put(name, file) != null) {
            throw new IOException(name + " was opened twice");
        }
        return file;
    }

    String text(String name) {
        File file = files.get(name);
        return file == null ? "" : file.text();
    }

    Set<String> names() {
        return files.keySet();
    }

    boolean areAllClosed() {
        return files.values().stream().allMatch(file -> file.isClosed);
    }

    private static final class File extends Writer {
        private final StringBuilder text = new StringBuilder();
        private int linesThatFit;
        private volatile boolean isClosed;

        File(int linesThatFit) {
            this.linesThatFit = linesThatFit;
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public synchronized void write(char[] characters, int offset, int length) throws IOException {
            if (isClosed) {
                throw new IOException("closed");
            }
            if (linesThatFit == 0) {
                throw new IOException("No space left on device");
            }
            linesThatFit--;
            text.append(characters, offset, length);
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
