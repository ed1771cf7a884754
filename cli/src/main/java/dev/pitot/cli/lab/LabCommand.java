package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.Environment;
import dev.pitot.command.file.FileErrorText;
import dev.pitot.lab.plan.SamplePlan;
import dev.pitot.lab.results.Results;
import dev.pitot.lab.results.ResultsException;
import dev.pitot.lab.results.SessionComparison;
import dev.pitot.lab.results.SessionSummary;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `lab`: does what its command line asks for. Used by one thread.
public final class LabCommand {
    private static final int WORSE = 2;

    private final CommandContext context;
    private final Environment environment;
    private final LabConsole labConsole;

    /// @param environment of the environment, where plans may say that secrets are
    public LabCommand(CommandContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
        labConsole = new LabConsole(context.output());
    }

    /// Description of the command, its subcommands and their options.
    public static CommandSpec spec() {
        return LabOptions.spec();
    }

    /// Does what the command line asks for.
    ///
    /// @param args what stands behind `lab`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing goes on then
    public int run(List<String> args) throws InterruptedException {
        try {
            LabRequest request = LabArguments.read(args);
            return switch (request) {
                case LabRequest.Help(String text) -> labConsole.show(text);
                case LabRequest.Sample sample -> write(sample);
                case LabRequest.Sessions sessions -> list(sessions);
                case LabRequest.Parse parse -> new ParseCommand(context).run(parse);
                case LabRequest.Summary(String folder) -> summarize(folder);
                case LabRequest.Compare compare -> compare(compare);
                case LabRequest.Check check -> new CheckCommand(context, environment).run(check);
                case LabRequest.Run plans -> new RunCommand(context, environment).run(plans);
            };
        } catch (InvalidPathException e) { // also an IllegalArgumentException
            return labConsole.complain("'" + e.getInput() + "' cannot be the name of a file: " + e.getReason());
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            return labConsole.complain(
                    e.getMessage() + " (see " + context.name() + " " + LabArguments.help(args) + ")");
        } catch (ResultsException | IOException e) { // the message is complete
            return labConsole.complain(String.valueOf(e.getMessage()));
        }
    }

    private int write(LabRequest.Sample request) throws IOException {
        String file = request.file();
        if (file == null) {
            return labConsole.show(SamplePlan.text());
        }
        try {
            Files.writeString(Path.of(file), SamplePlan.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already and is not overwritten: give another name", e);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + FileErrorText.of(e), e);
        }
        return labConsole.show(file + " is written: 'pitot lab run " + file + "' carries it out\n");
    }

    private int summarize(String folder) throws ResultsException {
        Results results = complete(folder);
        SessionSummary summary = results.summarize();
        labConsole.show(summary.text());
        return results.missing() > 0 ? ExitCode.FAILURE : RunCommand.code(summary.counts());
    }

    /// Results, with a report of what they do not have.
    private Results complete(String folder) throws ResultsException {
        Results results = Results.read(Path.of(folder));
        results.unreadableLines().ifPresent(labConsole::complain);
        if (results.missing() > 0) {
            int planned = results.session().planned();
            labConsole.complain(results.missing() + " of " + SessionDisplay.number(planned, "planned test")
                    + (results.missing() == 1 ? " has" : " have") + " no result in " + folder);
        }
        return results;
    }

    private int compare(LabRequest.Compare request) throws ResultsException {
        var comparison =
                SessionComparison.of(complete(request.before()), complete(request.after()), request.bandPercent());
        if (comparison.differences().isEmpty()) {
            return labConsole.complain(
                    request.before() + " and " + request.after() + " have no test in common that was measured in both");
        }
        labConsole.show(request.asJson() ? comparison.json() : comparison.text());
        return comparison.isWorse() ? WORSE : ExitCode.SUCCESS;
    }

    private int list(LabRequest.Sessions request) throws ResultsException {
        Path folder = Path.of(request.folder());
        if (!Files.isDirectory(folder)) {
            return labConsole.complain(
                    "there is no folder " + folder + ": name the one that folders of results are in");
        }
        List<Results> sessions = Results.sessions(folder);
        if (sessions.isEmpty()) {
            labConsole.complain("no results are right below "
                    + (request.folder().equals(".") ? "this folder" : folder)
                    + ": name the folder that folders of results are in");
        }
        return labConsole.show(request.asJson() ? SessionList.json(sessions) : SessionList.text(sessions));
    }
}
