package dev.pitot.cli.lab;

import dev.pitot.cli.run.CompletionWords;
import dev.pitot.cli.run.Workplace;
import dev.pitot.command.CommandWords;
import dev.pitot.command.Variables;
import dev.pitot.command.file.SystemReason;
import dev.pitot.lab.plan.Sample;
import dev.pitot.lab.store.Results;
import dev.pitot.lab.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// `lab`: does what its command line asks for. Used by one thread.
public final class LabCommand {
    private final Workplace workplace;
    private final Variables variables;
    private final Screen screen;

    /// @param variables of the environment, where plans may say that secrets are
    public LabCommand(Workplace workplace, Variables variables) {
        this.workplace = workplace;
        this.variables = variables;
        screen = new Screen(workplace.output());
    }

    /// What a shell may complete behind `lab`.
    public static CommandWords words() {
        return CompletionWords.of("lab", LabOptions.spec());
    }

    /// Does what the command line asks for.
    ///
    /// @param args what stands behind `lab`
    /// @return the exit code
    /// @throws InterruptedException if this thread was interrupted; nothing goes on then
    public int run(List<String> args) throws InterruptedException {
        try {
            LabRequest request = LabLine.read(args);
            return switch (request) {
                case LabRequest.Help(String text) -> screen.show(text);
                case LabRequest.Sample sample -> write(sample);
                case LabRequest.Sessions sessions -> list(sessions);
                case LabRequest.Parse parse -> new ParseCommand(workplace).run(parse);
                case LabRequest.Check check -> new CheckCommand(workplace, variables).run(check);
                case LabRequest.Run plans -> new RunCommand(workplace, variables).run(plans);
            };
        } catch (InvalidPathException e) { // also an IllegalArgumentException
            return screen.complain("'" + e.getInput() + "' cannot be the name of a file: " + e.getReason());
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            return screen.complain(e.getMessage() + " (see " + workplace.name() + " " + LabLine.help(args) + ")");
        } catch (StoreException | IOException e) { // the message is complete
            return screen.complain(String.valueOf(e.getMessage()));
        }
    }

    private int write(LabRequest.Sample request) throws IOException {
        String file = request.file();
        if (file == null) {
            return screen.show(Sample.text());
        }
        try {
            Files.writeString(Path.of(file), Sample.text(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is there already and is not overwritten: give another name", e);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + SystemReason.of(e), e);
        }
        return screen.show(file + " is written: 'pitot lab run " + file + "' carries it out\n");
    }

    private int list(LabRequest.Sessions request) throws StoreException {
        Path folder = Path.of(request.folder());
        if (!Files.isDirectory(folder)) {
            return screen.complain("there is no folder " + folder + ": name the one that folders of results are in");
        }
        List<Results.Session> sessions = Results.sessions(folder);
        if (sessions.isEmpty()) {
            screen.complain("no results are right below "
                    + (request.folder().equals(".") ? "this folder" : folder)
                    + ": name the folder that folders of results are in");
        }
        return screen.show(request.asJson() ? SessionList.json(sessions) : SessionList.text(sessions));
    }
}
