package dev.pitot.lab.store;

import dev.pitot.lab.plan.TestCase;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `files.csv`: which file belongs to which test. A line is written when its file is made, so it
/// tells also of tests that never ended. Any thread may use it.
final class FileIndex {
    static final String NAME = "files.csv";

    private final LineFile file;

    FileIndex(LineFile file) {
        this.file = file;
        file.line("file,kind,number,repetition,attempt,test,node,peer,direction,end");
    }

    /// @param test null for a file that belongs to the session
    /// @param side null for a file of neither end
    void add(String name, String kind, @Nullable TestCase test, int attempt, @Nullable Side side) {
        String end = side == null ? "" : Words.of(side);
        List<? extends @Nullable Object> fields = test == null
                ? Arrays.asList(name, kind, null, null, null, null, null, null, null, end)
                : Arrays.asList(
                        name,
                        kind,
                        test.number(),
                        test.repetition(),
                        attempt,
                        test.what().test(),
                        test.pair().node(),
                        test.pair().peer(),
                        Words.of(test.pair().heading()),
                        end);
        file.line(CsvLine.of(fields));
    }
}
