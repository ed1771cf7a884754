package dev.pitot.cli.lab;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.Plans;
import dev.pitot.lab.results.Results;
import dev.pitot.lab.results.ResultsException;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import dev.pitot.lab.results.SessionContinuation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The plan of a session that goes on, from the copy in its folder of results.
final class ResumedPlan {
    private ResumedPlan() {}

    /// The plan, with what is left of it.
    ///
    /// @param only patterns of the tests that are wanted
    /// @param labConsole prints results that cannot be read
    /// @throws ResultsException with a sentence, if the session cannot go on
    /// @throws PlanException if the plan can no longer be read
    static PlanFiles.ReadPlan read(LabRequest.Resumption request, List<String> only, LabConsole labConsole)
            throws ResultsException, PlanException {
        Path folder = Path.of(request.folder());
        if (!Files.isDirectory(folder)) {
            throw new ResultsException(
                    "there is no folder of results " + folder + ": 'pitot lab list' shows those here");
        }
        Results earlier = Results.read(folder);
        Results.SessionInfo session = earlier.session();
        Path file = folder.resolve(Files.exists(folder.resolve("plan.ini")) ? "plan.ini" : "plan.yaml");
        try {
            String text = Files.readString(file);
            Path planFolder = session.planFolder() == null ? folder : session.planFolder();
            Plan plan = of(
                    Plans.read(file.toString(), text, new PlanFolders(planFolder, Nodes.home()))
                            .plan(),
                    new OnlyTests(session.only()));
            var wanted = new OnlyTests(only);
            List<String> unmatched = wanted.unmatched(plan.cases());
            if (!unmatched.isEmpty()) {
                throw new ResultsException(String.join("\n", unmatched));
            }
            var left = SessionContinuation.of(earlier, plan, request.withFailed(), wanted);
            earlier.unreadableLines().ifPresent(labConsole::complain);
            var copy = new PlanCopy(String.valueOf(file.getFileName()), text, planFolder, session.only(), left);
            return new PlanFiles.ReadPlan(folder.toString(), plan, copy);
        } catch (IOException e) {
            throw new ResultsException("cannot read " + file + ": " + FileErrorText.of(e), e);
        }
    }

    /// A plan with some of its tests, which keep their numbers.
    static Plan of(Plan plan, OnlyTests only) {
        return new Plan(
                plan.title(),
                plan.nodes(),
                plan.cases().stream().filter(only).toList(),
                plan.fixtures(),
                plan.options());
    }
}
