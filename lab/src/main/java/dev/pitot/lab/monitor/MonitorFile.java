package dev.pitot.lab.monitor;

import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of a watch. When it cannot be written, that is told once and the file is given up.
/// Belongs to the thread of its watch.
final class MonitorFile {
    private final String name;
    private final Consumer<String> error;
    private @Nullable Writer writer;

    /// Opens the file and writes its first line.
    ///
    /// @param header null for none
    /// @param trouble hears of a fault
    MonitorFile(String name, MonitorFiles files, @Nullable String header, Consumer<String> trouble) {
        this.name = name;
        this.error = trouble;
        try {
            writer = files.open(name);
        } catch (IOException e) {
            disable(e);
        }
        if (header != null) {
            write(header);
        }
    }

    void write(String line) {
        Writer open = writer;
        if (open == null) {
            return;
        }
        try {
            open.write(line + "\n");
            open.flush();
        } catch (IOException e) {
            disable(e);
            closeQuietly(open);
        }
    }

    void close() {
        Writer open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                disable(e);
            }
        }
    }

    private void disable(IOException problem) {
        writer = null;
        String reason = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        error.accept("The file " + name + " is not written any more: " + reason);
    }

    private static void closeQuietly(Writer writer) {
        try {
            writer.close();
        } catch (IOException _) {
            // it was told already that the file cannot be written
        }
    }
}
