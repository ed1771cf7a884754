package dev.pitot.cli.run;

import dev.pitot.command.OutputOptions.Form;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestReport;
import dev.pitot.output.Program;
import java.util.concurrent.atomic.AtomicInteger;

/// Shows a server: a banner whenever it waits for a client, and each test by a reporter of its
/// own. Any thread may call it.
final class ServerDisplay implements ServerListener {
    private static final String RULE = "-".repeat(59); // as long as iperf's (iperf_server_api.c)

    private final Program program;
    private final Reporters reporters;
    private final AtomicInteger runningTests = new AtomicInteger();

    ServerDisplay(Program program, Reporters reporters) {
        this.program = program;
        this.reporters = reporters;
    }

    /// What `-V` shows once, before anything else.
    void introduce() {
        if (isText() && reporters.options().detail().verbose()) {
            program.lines().forEach(reporters.out()::print);
        }
    }

    @Override
    public void onServerEvent(ServerEvent event) {
        switch (event) {
            case ServerEvent.Listening(int port, int testNumber) -> announce(port, testNumber);
            case ServerEvent.ConnectionDropped(String text) -> reporters.err().print("iperf3: error - " + text);
        }
    }

    @Override
    public TestListener onTest(int testNumber) {
        runningTests.incrementAndGet();
        return new Counted(reporters.forTest(program));
    }

    /// Shows an ending that belongs to no test: the server could not listen, or was stopped while
    /// it waited.
    void end(Ending ending) {
        reporters.forTest(program).onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));
    }

    /// Whether no test is running, so that nobody else tells how the server ends.
    boolean isIdle() {
        return runningTests.get() == 0;
    }

    private void announce(int port, int testNumber) {
        if (isText()) {
            reporters.out().print(RULE);
            reporters.out().print("Server listening on " + port + " (test #" + testNumber + ")");
            reporters.out().print(RULE);
        }
    }

    private boolean isText() {
        return reporters.options().form() == Form.TEXT;
    }

    /// Counts the tests that run.
    private final class Counted implements TestReporter {
        private final TestReporter reporter;

        Counted(TestReporter reporter) {
            this.reporter = reporter;
        }

        @Override
        public void onEvent(TestEvent event) {
            reporter.onEvent(event);
            if (event instanceof TestEvent.Finished) {
                runningTests.decrementAndGet();
            }
        }

        @Override
        public ServerOutput serverOutput() {
            return reporter.serverOutput();
        }
    }
}
