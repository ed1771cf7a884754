package dev.pitot.lab.watch;

import java.io.IOException;
import java.io.Writer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of a watch. When it cannot be written, that is told once and the file is given up.
/// Belongs to the thread of its watch.
final class WatchFile {
    private final String name;
    private final Consumer<String> trouble;
    private @Nullable Writer writer;

    /// Opens the file and writes its first line.
    ///
    /// @param header null for none
    /// @param trouble hears of a fault
    WatchFile(String name, WatchFiles files, @Nullable String header, Consumer<String> trouble) {
        this.name = name;
        this.trouble = trouble;
        try {
            writer = files.open(name);
        } catch (IOException e) {
            giveUp(e);
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
            giveUp(e);
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
                giveUp(e);
            }
        }
    }

    private void giveUp(IOException problem) {
        writer = null;
        String reason = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        trouble.accept("The file " + name + " is not written any more: " + reason);
    }

    private static void closeQuietly(Writer writer) {
        try {
            writer.close();
        } catch (IOException _) {
            // it was told already that the file cannot be written
        }
    }
}
