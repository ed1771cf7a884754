package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.lab.parse.OutputEvent.ProgramError;
import dev.pitot.lab.parse.ParseTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// `lab parse`: turns what programs have written into series. Used by one thread.
final class ParseCommand {
    private final CommandContext context;
    private final LabConsole labConsole;

    ParseCommand(CommandContext context) {
        this.context = context;
        labConsole = new LabConsole(context.output());
    }

    /// Runs the request.
    ///
    /// @return the exit code: a failure if nothing was found, or not all could be read
    /// @throws IOException with a sentence, if nothing can be written or no folder be read
    int run(LabRequest.Parse request) throws IOException {
        var tool = new ParseTool(request.options());
        Appendable tee = request.isTeed() ? new Tee(labConsole) : null;
        // Not closed: the caller of the program owns the stream.
        Writer out = new OutputStreamWriter(context.terminal().out(), StandardCharsets.UTF_8);
        if (request.glob() == null && request.files().isEmpty()) {
            ParseTool.Result result = tool.parse(input(), out, tee);
            out.flush();
            return report("standard input", result) ? ExitCode.SUCCESS : ExitCode.FAILURE;
        }
        boolean isFine = true;
        for (Path file : files(request)) {
            isFine &= request.isSaved() ? save(tool, file, tee) : parse(tool, file, out, tee);
            out.flush();
        }
        return isFine ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    private boolean parse(ParseTool tool, Path file, Appendable out, @Nullable Appendable tee) {
        try {
            return report(file.toString(), tool.parse(file, out, tee));
        } catch (IOException e) {
            labConsole.complain("cannot read " + file + ", or write its contents: " + FileErrorText.of(e));
            return false;
        }
    }

    private boolean save(ParseTool tool, Path file, @Nullable Appendable tee) {
        try {
            ParseTool.SavedSeries saved = tool.save(file, tee);
            labConsole.show(saved.file() + "\n");
            return report(file.toString(), saved.result());
        } catch (FileAlreadyExistsException e) {
            labConsole.complain(e.getMessage() + " is there already and is not overwritten: move it, then try again");
        } catch (IOException e) {
            labConsole.complain("cannot read " + file + ", or save its figures beside it: " + FileErrorText.of(e));
        }
        return false;
    }

    private boolean report(String name, ParseTool.Result result) {
        for (ProgramError error : result.errors()) {
            labConsole.complain(name + " says: " + error.text());
        }
        if (result.dropped() > 0) {
            labConsole.complain(name + ": " + result.dropped() + " rows are more than one test can have, and left out");
        }
        if (result.rows() == 0) {
            labConsole.complain(name + " has no figures: give what iperf3, iperf 2 or Pitot have written");
        }
        return result.rows() > 0;
    }

    private static List<Path> files(LabRequest.Parse request) throws IOException {
        String glob = request.glob();
        if (glob == null) {
            return request.files().stream().map(Path::of).toList();
        }
        List<Path> files;
        try {
            files = ParseTool.files(Path.of(""), glob);
        } catch (PatternSyntaxException e) {
            throw new IOException("'" + glob + "' is no pattern for names: " + e.getDescription(), e);
        }
        if (files.isEmpty()) {
            throw new IOException("no file in this folder, or in those in it, matches '" + glob + "'");
        }
        return files;
    }

    private BufferedReader input() {
        return new BufferedReader(new InputStreamReader(context.terminal().in(), StandardCharsets.UTF_8));
    }

    /// Copies whole lines to standard error.
    private static final class Tee implements Appendable {
        private final LabConsole labConsole;
        private final StringBuilder line = new StringBuilder();

        private Tee(LabConsole labConsole) {
            this.labConsole = labConsole;
        }

        @Override
        public Appendable append(CharSequence text) {
            line.append(text);
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            return append(text.subSequence(start, end));
        }

        /// The tool ends each line by itself.
        @Override
        public Appendable append(char character) {
            if (character == '\n') {
                labConsole.locate(line.toString());
                line.setLength(0);
            } else {
                line.append(character);
            }
            return this;
        }
    }
}
