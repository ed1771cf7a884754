package dev.pitot.lab.measurement;

import dev.pitot.lab.node.Node;
import dev.pitot.lab.parse.Row;
import dev.pitot.lab.remote.OutputLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// Output in files of a folder, NAME.out and NAME.err.
record LinesInFiles(Path folder, Consumer<Row> rows) implements OutputSink {
    LinesInFiles(Path folder) {
        this(folder, _ -> {});
    }

    @Override
    public Recorder open(IperfCommand command, Node node, String name) {
        Path out = folder.resolve(name + ".out");
        append(out, "");
        return new Recorder() {
            @Override
            public void line(OutputLine line) {
                append(
                        line.origin() == OutputLine.Origin.OUT ? out : folder.resolve(name + ".err"),
                        line.text() + "\n");
            }

            @Override
            public void row(Row row) {
                rows.accept(row);
            }

            @Override
            public void close() {}
        };
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
