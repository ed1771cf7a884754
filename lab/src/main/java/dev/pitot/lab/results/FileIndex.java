package dev.pitot.lab.results;

import dev.pitot.lab.plan.TestCase;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `files.csv`: which file belongs to which test. A line is written when its file is made, so it
/// tells also of tests that never ended. Any thread may use it.
final class FileIndex {
    static final String NAME = "files.csv";

    private final ResultFile file;

    /// @param isNew whether the file has no lines yet
    FileIndex(ResultFile file, boolean isNew) {
        this.file = file;
        if (isNew) {
            file.line("file,kind,number,repetition,attempt,test,node,peer,direction,end");
        }
    }

    /// @param test null for a file that belongs to the session
    /// @param side null for a file of neither end
    void add(String name, String kind, @Nullable TestCase test, int attempt, @Nullable TestEnd side) {
        String end = side == null ? "" : ResultFields.word(side);
        List<? extends @Nullable Object> fields = test == null
                ? Arrays.asList(name, kind, null, null, null, null, null, null, null, end)
                : Arrays.asList(
                        name,
                        kind,
                        test.number(),
                        test.repetition(),
                        attempt,
                        test.spec().test(),
                        test.pair().node(),
                        test.pair().peer(),
                        ResultFields.word(test.pair().direction()),
                        end);
        file.line(CsvLine.of(fields));
    }
}
