package dev.pitot.cli.probe;

import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.CommandOutput;
import dev.pitot.engine.SystemClock;
import dev.pitot.output.text.ControlCharacterFilter;
import dev.pitot.probe.rpm.RpmListener;
import dev.pitot.probe.rpm.RpmMeasurement;
import dev.pitot.probe.rpm.RpmResult;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `rpm`: measures responsiveness under load until it is stable, its time is over or a signal comes. Used by one
/// thread.
public final class RpmCommand {
    private final CommandContext context;
    private final CommandOutput output;

    public RpmCommand(CommandContext context) {
        this.context = context;
        output = context.output();
    }

    /// Description of the command and its options.
    public static CommandSpec spec() {
        return RpmArguments.spec();
    }

    /// Executes the command line.
    ///
    /// @param args the arguments after `rpm`
    /// @return the exit code
    public int run(List<String> args) {
        try {
            return switch (RpmArguments.read(args)) {
                case RpmRequest.Help(String text) -> output.show(text);
                case RpmRequest.Run measure -> measure(measure);
            };
        } catch (IllegalArgumentException e) { // a command line that asks for nothing that can be done
            return output.complain(e.getMessage() + " (see " + context.name() + " rpm --help)");
        } catch (IOException e) { // the message is complete
            return output.complain(ControlCharacterFilter.line(String.valueOf(e.getMessage())));
        }
    }

    private int measure(RpmRequest.Run request) throws IOException {
        RpmListener listener = request.asJson() ? RpmListener.NONE : progress -> output.show(RpmReport.line(progress));
        var measurement = new RpmMeasurement(
                request.target(), request.trust(), request.options(), listener, SystemClock.INSTANCE);
        context.signals().onFirst(_ -> measurement.cancel());
        RpmResult result = measurement.run();
        output.show(
                request.asJson()
                        ? RpmReport.json(result, request.options()) + "\n"
                        : RpmReport.text(result, request.options()));
        String brokenOff = result.brokenOff();
        return brokenOff == null ? output.exitCode() : output.complain(ControlCharacterFilter.line(brokenOff));
    }
}
