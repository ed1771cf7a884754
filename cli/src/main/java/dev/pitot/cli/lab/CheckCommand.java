package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.Environment;
import dev.pitot.lab.measurement.NodeHandle;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.remote.ConnectionException;
import dev.pitot.lab.remote.LocalConnection;
import dev.pitot.lab.session.NodeConnector;
import dev.pitot.lab.session.Requirements;
import dev.pitot.lab.tool.InstalledTool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/// `lab check`: prints what a plan makes, and with `--nodes` whether its nodes can be had. Used
/// by one thread.
final class CheckCommand {
    private final LabConsole labConsole;
    private final InstantSource clock;
    private final NodeConnector connector;

    CheckCommand(CommandContext context, Environment environment) {
        labConsole = new LabConsole(context.output());
        clock = context.terminal().clock();
        connector = Nodes.connector(environment, clock);
    }

    /// Runs the request.
    ///
    /// @return the exit code: a failure if a plan is wrong, or a node cannot be had
    int run(LabRequest.Check request) throws InterruptedException {
        var plans = new PlanFiles(request.plans(), labConsole);
        boolean isFine = plans.unreadable().isEmpty();
        for (PlanFiles.ReadPlan read : plans.read()) {
            Plan plan = read.plan();
            labConsole.show(read.name() + ": " + plan.title() + ", "
                    + SessionDisplay.number(plan.nodes().size(), "node") + ", "
                    + SessionDisplay.number(plan.cases().size(), "test") + "\n");
            if (request.withNodes()) {
                isFine &= areThere(plan);
            }
        }
        return isFine ? ExitCode.SUCCESS : ExitCode.FAILURE;
    }

    /// Asks all nodes at once, and reports them in the order of the plan.
    private boolean areThere(Plan plan) throws InterruptedException {
        Requirements requirements = Requirements.of(plan);
        List<FutureTask<NodeReport>> reports = new ArrayList<>();
        reports.add(new FutureTask<>(() -> ofThisMachine(requirements)));
        for (Node node : plan.nodes().values()) {
            reports.add(new FutureTask<>(() -> of(node, requirements)));
        }
        reports.forEach(report -> Thread.ofVirtual().name("lab-check").start(report));
        boolean areThere = true;
        for (FutureTask<NodeReport> each : reports) {
            try {
                NodeReport report = each.get();
                labConsole.show(report.text());
                report.complaints().forEach(labConsole::complain);
                areThere &= report.complaints().isEmpty();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return areThere;
    }

    /// What is shown of a node, and what is wrong with it.
    private record NodeReport(String text, List<String> complaints) {}

    private NodeReport ofThisMachine(Requirements requirements) throws InterruptedException {
        try (var here = new LocalConnection("here", Map.of(), clock)) {
            return new NodeReport("", requirements.missingHere(here));
        } catch (ConnectionException e) {
            return new NodeReport("", List.of(String.valueOf(e.getMessage())));
        }
    }

    private NodeReport of(Node node, Requirements requirements) throws InterruptedException {
        try (var device = new NodeHandle(node, connector.connect(node), requirements.programs(node.name()))) {
            List<String> complaints = new ArrayList<>(requirements.missingForHooks(device.facts()));
            complaints.addAll(requirements.missingForTests(device.facts()));
            List<InstalledTool> programs = device.programs().all();
            if (programs.isEmpty() && !device.isManual()) {
                complaints.add(
                        device + " has nothing that measures: install iperf3 there, or give 'programs' in the plan");
            }
            String found = device.isManual()
                    ? "not touched"
                    : programs.stream().map(CheckCommand::text).collect(Collectors.joining(", "));
            return new NodeReport(text(device, found, complaints), complaints);
        } catch (ConnectionException e) {
            return new NodeReport("", List.of(String.valueOf(e.getMessage())));
        }
    }

    /// A node without an address is reported like one without a program.
    private static String text(NodeHandle device, String found, List<String> complaints) throws InterruptedException {
        try {
            return "  " + device + ": " + device.address() + (found.isEmpty() ? "" : ", " + found) + "\n";
        } catch (ConnectionException e) {
            complaints.addFirst(String.valueOf(e.getMessage()));
            return "";
        }
    }

    private static String text(InstalledTool program) {
        return program.path() + (program.version() == null ? "" : " " + program.version());
    }
}
