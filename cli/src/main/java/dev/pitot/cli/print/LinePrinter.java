package dev.pitot.cli.print;

import dev.pitot.output.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// Writes lines to one stream, whole and at once, so that a reader at the other end of a pipe sees each as it comes
/// (what `--forceflush` asks for) and lines of tests that run side by side never mix. Any thread may call it.
final class LinePrinter implements Lines {
    private final OutputStream stream;
    private final Supplier<String> prefix;
    private final Runnable onBroken;
    private boolean isBroken;

    /// @param prefix asked once for each line
    /// @param onBroken called once when nobody reads any more; what is printed after that is lost without a word
    LinePrinter(OutputStream stream, Supplier<String> prefix, Runnable onBroken) {
        this.stream = stream;
        this.prefix = prefix;
        this.onBroken = onBroken;
    }

    @Override
    public void print(String line) {
        if (!write((prefix.get() + line + "\n").getBytes(StandardCharsets.UTF_8))) {
            onBroken.run();
        }
    }

    /// False when the stream has just turned out to be broken.
    private synchronized boolean write(byte[] line) {
        if (isBroken) {
            return true;
        }
        try {
            stream.write(line);
            stream.flush();
            return true;
        } catch (IOException _) { // the reader has gone, as with `| head -1`: its wish, not a failure
            isBroken = true;
            return false;
        }
    }
}
