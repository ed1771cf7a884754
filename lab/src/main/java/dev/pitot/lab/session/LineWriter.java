package dev.pitot.lab.session;

import dev.pitot.lab.store.LineFile;
import dev.pitot.lab.store.StoreException;
import java.io.IOException;
import java.io.Writer;

/// A file of whole lines for those who write characters. Used by one thread.
final class LineWriter extends Writer {
    private final LineFile file;
    private final StringBuilder begun = new StringBuilder();

    LineWriter(LineFile file) {
        this.file = file;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        begun.append(text, offset, length);
        int from = 0;
        for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n", from)) {
            file.line(begun.substring(from, end));
            from = end + 1;
        }
        begun.delete(0, from);
        StoreException fault = file.fault();
        if (fault != null) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    @Override
    public void flush() {} // each line is handed to the system as it comes

    @Override
    public void close() {
        file.close();
    }
}
