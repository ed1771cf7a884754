package dev.pitot.cli.print;

import dev.pitot.output.Lines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes lines to one stream, whole and at once, so that a reader at the other end of a pipe
/// sees each as it comes (what `--forceflush` asks for) and lines of tests that run side by side
/// never mix. Any thread may call it.
final class LinePrinter implements Lines {
    private final OutputStream stream;
    private final Supplier<String> prefix;
    private final Function<String, byte[]> encoding;
    private final Consumer<IOException> onBroken;
    private boolean isBroken;

    /// @param prefix asked once for each line
    /// @param encoding makes bytes of a line
    /// @param onBroken called once when nothing can be written any more, with the reason; what
    ///     is printed after that is lost without a word
    LinePrinter(
            OutputStream stream,
            Supplier<String> prefix,
            Function<String, byte[]> encoding,
            Consumer<IOException> onBroken) {
        this.stream = stream;
        this.prefix = prefix;
        this.encoding = encoding;
        this.onBroken = onBroken;
    }

    @Override
    public void print(String line) {
        IOException failure = write(encoding.apply(prefix.get() + line + "\n"));
        if (failure != null) {
            onBroken.accept(failure);
        }
    }

    /// Why the stream has just turned out to be broken; null if it has not.
    private synchronized @Nullable IOException write(byte[] line) {
        if (isBroken) {
            return null;
        }
        try {
            stream.write(line);
            stream.flush();
            return null;
        } catch (IOException e) { // told once, to whoever knows what to do without output
            isBroken = true;
            return e;
        }
    }
}
