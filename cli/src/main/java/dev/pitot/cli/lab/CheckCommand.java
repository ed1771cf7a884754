package dev.pitot.cli.lab;

import dev.pitot.cli.run.ExitCode;
import dev.pitot.cli.run.Workplace;
import dev.pitot.command.Variables;
import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.Program;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.run.Device;
import dev.pitot.lab.session.Connector;
import java.util.stream.Collectors;

/// `lab check`: tells what a plan makes, and with `--nodes` whether its nodes can be had. Used
/// by one thread.
final class CheckCommand {
    private final Screen screen;
    private final Connector connector;

    CheckCommand(Workplace workplace, Variables variables) {
        screen = new Screen(workplace.terminal());
        connector = Nodes.connector(variables, workplace.terminal().clock());
    }

    /// Does what it is told.
    ///
    /// @return the exit code: a failure if a plan is wrong, or a node cannot be had
    int run(LabRequest.Check request) throws InterruptedException {
        var plans = new PlanFiles(request.plans(), screen);
        boolean isFine = plans.areAllReadable();
        for (PlanFiles.ReadPlan read : plans.read()) {
            Plan plan = read.plan();
            screen.show(read.name() + ": " + plan.title() + ", " + plan.nodes().size() + " nodes, "
                    + plan.cases().size() + " tests\n");
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
                screen.show("  " + device + ": " + told(device) + "\n");
            } catch (ConnectionException e) {
                screen.complain(String.valueOf(e.getMessage()));
                areThere = false;
            }
        }
        return areThere;
    }

    private static String told(Device device) throws ConnectionException, InterruptedException {
        if (device.isUntouched()) {
            return device.address() + ", not touched";
        }
        String programs =
                device.programs().all().stream().map(CheckCommand::told).collect(Collectors.joining(", "));
        return device.address() + ", " + (programs.isEmpty() ? "nothing that measures: install iperf3" : programs);
    }

    private static String told(Program program) {
        return program.path() + (program.version() == null ? "" : " " + program.version());
    }
}
