package dev.pitot.cli.lab;

import dev.pitot.cli.run.ExitCode;
import dev.pitot.cli.run.Workplace;
import dev.pitot.lab.parse.OutputEvent.Complaint;
import dev.pitot.lab.parse.ParseTool;
import dev.pitot.output.text.Printable;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `lab parse`: turns what programs have written into series. Used by one thread.
final class ParseCommand {
    private final Workplace workplace;
    private final Screen screen;

    ParseCommand(Workplace workplace) {
        this.workplace = workplace;
        screen = new Screen(workplace.terminal());
    }

    /// Does what it is told.
    ///
    /// @return the exit code: a failure if nothing was found, or not all could be read
    /// @throws IOException with a sentence, if nothing can be written or no folder be read
    int run(LabRequest.Parse request) throws IOException {
        var tool = new ParseTool(request.options());
        Writer tee = request.isTeed() ? writer(workplace.terminal().err()) : null;
        try (Writer out = writer(workplace.terminal().out())) {
            List<Path> files = files(request);
            boolean isFine = !files.isEmpty() || request.glob() == null;
            if (request.glob() == null && files.isEmpty()) {
                isFine = told("standard input", tool.parse(input(), out, tee));
            }
            for (Path file : files) {
                isFine &= parse(tool, file, request.isSaved(), out, tee);
                out.flush();
            }
            if (tee != null) {
                tee.flush();
            }
            if (files.isEmpty() && request.glob() != null) {
                return screen.complain("no file below this folder matches '" + request.glob() + "'");
            }
            return isFine ? ExitCode.SUCCESS : ExitCode.FAILURE;
        }
    }

    private boolean parse(ParseTool tool, Path file, boolean isSaved, Writer out, @Nullable Writer tee) {
        try {
            if (isSaved) {
                out.write(tool.save(file, tee) + "\n");
                return true;
            }
            return told(file.toString(), tool.parse(file, out, tee));
        } catch (IOException e) {
            screen.complain("cannot read " + file + " or write what it says: " + e.getMessage());
            return false;
        }
    }

    private boolean told(String name, ParseTool.Result result) {
        for (Complaint complaint : result.complaints()) {
            screen.complain(name + " says: " + Printable.line(complaint.text()));
        }
        if (result.dropped() > 0) {
            screen.complain(name + ": " + result.dropped() + " rows are more than one test can have, and left out");
        }
        if (result.rows() == 0) {
            screen.complain(name + " has no figures of iperf3, iperf 2 or Pitot");
        }
        return result.rows() > 0;
    }

    private static List<Path> files(LabRequest.Parse request) throws IOException {
        String glob = request.glob();
        return glob == null ? request.files().stream().map(Path::of).toList() : ParseTool.files(Path.of(""), glob);
    }

    private static BufferedReader input() {
        return new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
    }

    private static Writer writer(OutputStream to) {
        return new OutputStreamWriter(to, StandardCharsets.UTF_8);
    }
}
