package dev.pitot.lab.session;

import dev.pitot.lab.results.ResultFile;
import dev.pitot.lab.results.ResultsException;
import java.io.IOException;
import java.io.Writer;

/// A file of whole lines for those who write characters. Used by one thread.
final class LineWriter extends Writer {
    private final ResultFile file;
    private final StringBuilder begun = new StringBuilder();

    LineWriter(ResultFile file) {
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
        ResultsException fault = file.fault();
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
