package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.Environment;
import dev.pitot.lab.plan.OutputSettings;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.SessionOptions;
import dev.pitot.lab.results.ResultsException;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import dev.pitot.lab.results.SessionContinuation;
import dev.pitot.lab.results.SessionSummary.Counts;
import dev.pitot.lab.session.SessionEvent;
import dev.pitot.lab.session.SessionSetup;
import dev.pitot.lab.session.TestSession;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `lab run`: carries plans out, one after the other. Used by one thread.
final class RunCommand {
    private static final int MISSED = 2;
    private static final int STOPPED = 130; // the shell's convention for SIGINT: 128 + 2

    private final CommandContext context;
    private final Environment environment;
    private final LabConsole labConsole;
    private final Stopping stopping = new Stopping();

    RunCommand(CommandContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
        labConsole = new LabConsole(context.output());
    }

    /// Runs the request.
    ///
    /// @return the exit code
    int run(LabRequest.Run request) throws InterruptedException {
        if (request.resumption() != null) {
            return resume(request.resumption(), request);
        }
        var plans = new PlanFiles(request.plans(), labConsole);
        var only = new OnlyTests(request.only());
        List<String> unmatched = only.unmatched(plans.read().stream()
                .flatMap(each -> each.plan().cases().stream())
                .toList());
        if (!unmatched.isEmpty()) {
            unmatched.forEach(labConsole::complain);
            return ExitCode.FAILURE;
        }
        context.signals().onFirstAndSecond(this::stop, stopping::kill);
        var failedPlans = new FailedPlans(labConsole, context.terminal().clock());
        plans.unreadable().forEach(failedPlans::unreadable);
        int worst = ExitCode.SUCCESS;
        for (PlanFiles.ReadPlan plan : plans.read()) {
            if (stopping.isAsked()) {
                break;
            }
            PlanFiles.ReadPlan chosen = chosen(plan, request, only);
            if (chosen.plan().cases().isEmpty()) { // those of another plan are wanted
                labConsole.show(plan.name() + ": " + LabOptions.ONLY + " chooses no test of it\n");
                continue;
            }
            worst = worse(worst, run(chosen, request, failedPlans));
        }
        boolean areAllDone = failedPlans.areNone();
        if (plans.read().size() + plans.unreadable().size() > 1) { // of a single one all is printed
            failedPlans.print();
        }
        return stopping.isAsked() ? STOPPED : worse(worst, areAllDone ? ExitCode.SUCCESS : ExitCode.FAILURE);
    }

    /// What the command line chooses of a plan.
    private static PlanFiles.ReadPlan chosen(PlanFiles.ReadPlan read, LabRequest.Run request, OnlyTests only) {
        PlanCopy copy = read.copy();
        return new PlanFiles.ReadPlan(
                read.name(),
                ResumedPlan.of(read.plan(), only),
                new PlanCopy(copy.name(), copy.text(), copy.folder(), request.only(), null));
    }

    private int resume(LabRequest.Resumption resumption, LabRequest.Run request) throws InterruptedException {
        var failedPlans = new FailedPlans(labConsole, context.terminal().clock());
        try {
            PlanFiles.ReadPlan plan = ResumedPlan.read(resumption, request.only(), labConsole);
            SessionContinuation continuation = plan.copy().continuation();
            if (continuation == null || continuation.left() == 0) {
                return labConsole.show("nothing is left to run in " + resumption.folder() + "\n");
            }
            context.signals().onFirstAndSecond(this::stop, stopping::kill);
            int code = run(plan, request, failedPlans);
            return stopping.isAsked() ? STOPPED : code;
        } catch (ResultsException e) {
            return labConsole.complain(String.valueOf(e.getMessage()));
        } catch (PlanException e) {
            return labConsole.locate(String.valueOf(e.getMessage()));
        }
    }

    private void stop(String signal) {
        stopping.stop();
        String end = context.terminal().isWatched() ? "\n" : ""; // of the line that is written over
        labConsole.raw(end);
        labConsole.complain(signal + ": the session ends in order; a second signal ends it at once");
    }

    private int run(PlanFiles.ReadPlan read, LabRequest.Run request, FailedPlans failedPlans)
            throws InterruptedException {
        Clock clock = context.terminal().clock();
        var setup = new SessionSetup(
                configured(read.plan(), request),
                read.copy(),
                Path.of(""),
                Nodes.connector(environment, clock),
                clock,
                clock.getZone());
        boolean isWrittenOver = context.terminal().isWatched() && !request.plain();
        var session = new TestSession(setup, new SessionDisplay(labConsole::raw, isWrittenOver));
        stopping.now(session);
        Instant began = clock.instant();
        try {
            return code(session.run());
        } catch (ResultsException e) {
            return failedPlans.crashed(read.name(), began, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) { // a fault of ours must not stop the other plans, and must be seen
            return failedPlans.crashed(read.name(), began, "Pitot itself failed: " + e);
        }
    }

    /// The plan, with the options of the command line.
    private static Plan configured(Plan plan, LabRequest.Run request) {
        SessionOptions options = plan.options();
        OutputSettings output = options.output();
        if (request.folder() != null) {
            output = new OutputSettings(
                    request.folder(), output.prefix(), output.series(), output.maximumBitsPerSecond());
        }
        int parallel = request.parallel() == null ? options.parallel() : request.parallel();
        return new Plan(
                plan.title(),
                plan.nodes(),
                plan.cases(),
                plan.fixtures(),
                new SessionOptions(
                        output, parallel, options.deadline(), options.retries(), options.pause(), options.leaseWait()));
    }

    private static int code(SessionEvent.Ended ended) {
        if (ended.isStopped()) {
            return STOPPED;
        }
        return ended.failure() == null ? code(ended.summary().counts()) : ExitCode.FAILURE;
    }

    /// The exit code of a session that came out so.
    static int code(Counts counts) {
        if (counts.failed() > 0 || counts.stopped() > 0) {
            return ExitCode.FAILURE;
        }
        return counts.missed() > 0 ? MISSED : ExitCode.SUCCESS;
    }

    /// A failure is worse than a missed threshold.
    private static int worse(int one, int other) {
        return one == ExitCode.FAILURE || other == ExitCode.FAILURE ? ExitCode.FAILURE : Math.max(one, other);
    }

    /// Reaches the session of the moment. Any thread may use it.
    private static final class Stopping {
        private @Nullable TestSession session;
        private boolean isStopped;
        private boolean isKilled;

        synchronized void now(TestSession begun) {
            session = begun;
            if (isKilled) {
                begun.kill();
            } else if (isStopped) {
                begun.stop();
            }
        }

        synchronized void stop() {
            isStopped = true;
            if (session != null) {
                session.stop();
            }
        }

        synchronized void kill() {
            isKilled = true;
            isStopped = true;
            if (session != null) {
                session.kill();
            }
        }

        synchronized boolean isAsked() {
            return isStopped;
        }
    }
}
