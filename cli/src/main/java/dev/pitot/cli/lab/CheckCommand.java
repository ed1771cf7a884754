package dev.pitot.cli.lab;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.ExitCode;
import dev.pitot.command.Environment;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.Program;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.run.Device;
import dev.pitot.lab.session.Connector;
import java.util.List;
import java.util.stream.Collectors;

/// `lab check`: tells what a plan makes, and with `--nodes` whether its nodes can be had. Used
/// by one thread.
final class CheckCommand {
    private final LabConsole labConsole;
    private final Connector connector;

    CheckCommand(CommandContext context, Environment environment) {
        labConsole = new LabConsole(context.output());
        connector = Nodes.connector(environment, context.terminal().clock());
    }

    /// Does what it is told.
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

    private boolean areThere(Plan plan) throws InterruptedException {
        boolean areThere = true;
        for (Node node : plan.nodes().values()) {
            try (var device = new Device(node, connector.connect(node))) {
                areThere &= isThere(device);
            } catch (ConnectionException e) {
                labConsole.complain(String.valueOf(e.getMessage()));
                areThere = false;
            }
        }
        return areThere;
    }

    private boolean isThere(Device device) throws ConnectionException, InterruptedException {
        String place = "  " + device + ": " + device.address();
        if (device.isUntouched()) {
            labConsole.show(place + ", not touched\n");
            return true;
        }
        List<Program> programs = device.programs().all();
        if (programs.isEmpty()) {
            labConsole.complain(
                    device + " has nothing that measures: install iperf3 there, or give 'programs' in the plan");
            return false;
        }
        labConsole.show(
                place + ", " + programs.stream().map(CheckCommand::told).collect(Collectors.joining(", ")) + "\n");
        return true;
    }

    private static String told(Program program) {
        return program.path() + (program.version() == null ? "" : " " + program.version());
    }
}
