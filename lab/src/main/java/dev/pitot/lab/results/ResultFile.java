package dev.pitot.lab.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file that grows line by line, in UTF-8. Any thread may write; lines of several do not mix.
///
/// Each line is handed to the system at once, so it is kept even if this process is killed. The
/// first error ends the writing of this file and of nothing else: it is reported by [#fault()], and
/// lines that come later are passed over.
public final class ResultFile implements AutoCloseable {
    private final String name;
    private final Runnable onClose;
    private final Consumer<IOException> onFault;
    private @Nullable OutputStream out;
    private @Nullable ResultsException fault;
    private boolean isClosed;

    /// @param onFault takes each error of the stream
    ResultFile(String name, OutputStream out, Runnable onClose, Consumer<IOException> onFault) {
        this.name = name;
        this.out = out;
        this.onClose = onClose;
        this.onFault = onFault;
    }

    private ResultFile(String name, ResultsException fault) {
        this.name = name;
        this.fault = fault;
        onClose = () -> {};
        onFault = _ -> {};
    }

    /// A file that could not be made: it takes lines and keeps none.
    static ResultFile broken(String name, ResultsException fault) {
        return new ResultFile(name, fault);
    }

    /// Below the folder of results, with `/` between the parts.
    public String name() {
        return name;
    }

    /// Adds a line. What comes after closing is passed over.
    ///
    /// @param text without an end of line
    public void line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (out == null || fault != null) {
                return;
            }
            try {
                out.write(bytes);
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /// Why the file is not whole; null if it is.
    public synchronized @Nullable ResultsException fault() {
        return fault;
    }

    /// Ends the file. Again does nothing.
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) { // some file systems report only now that the disk is full
            failed(e);
        }
        out = null;
        onClose.run();
    }

    private void failed(IOException problem) {
        fault = fault == null ? ResultsException.writing(name, problem) : fault;
        onFault.accept(problem);
    }
}
