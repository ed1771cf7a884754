package dev.pitot.cli.run;

import dev.pitot.command.OutputOptions.Form;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.event.TestReporter;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.ServerOutput;
import dev.pitot.model.result.TestReport;
import dev.pitot.output.ProgramInfo;
import dev.pitot.output.text.ControlCharacterFilter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Output of a server: a banner whenever it waits for a client, and a reporter for each test. Once both
/// ends of a second concurrent test have agreed on it, lines are marked with their test. Safe for any
/// thread.
final class ServerDisplay implements ServerListener {
    private static final String RULE = "-".repeat(59); // as long as iperf's (iperf_server_api.c)

    private final ProgramInfo program;
    private final Reporters reporters;
    private final RefusalLimit refusals;
    private final Set<DisplayedTest> running = ConcurrentHashMap.newKeySet();
    private final Set<DisplayedTest> agreed = ConcurrentHashMap.newKeySet(); // those that have begun
    private volatile boolean isBannerWanted = true;

    ServerDisplay(ProgramInfo program, Reporters reporters, InstantSource clock) {
        this.program = program;
        this.reporters = reporters;
        refusals = new RefusalLimit(clock);
    }

    /// Prints the header of `-V`, once, before anything else.
    void introduce() {
        if (isText() && reporters.options().detail().verbose()) {
            program.lines().forEach(reporters.out()::print);
        }
    }

    @Override
    public void onServerEvent(ServerEvent event) {
        switch (event) {
            case ServerEvent.Listening(int port, int testNumber) -> announce(port, testNumber);
            case ServerEvent.ConnectionDropped(String text, long _, Throwable cause) -> {
                complain(text);
                trace(cause);
            }
            case ServerEvent.TestRefused(String text, long _) -> complain(text);
        }
    }

    @Override
    public TestListener onTest(int testNumber) {
        return begin("[#" + testNumber + "] ");
    }

    @Override
    public TestListener onTest(int testNumber, Endpoint client) {
        return begin("[#" + testNumber + " " + client.host() + " port " + client.port() + "] ");
    }

    private TestListener begin(String mark) {
        var test = new DisplayedTest(mark);
        running.add(test);
        return test;
    }

    /// Prints an ending that belongs to no test: the server could not listen, or was stopped while it
    /// waited.
    void end(Ending ending) {
        reporters.forTest(program).onEvent(new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending)));
    }

    /// True if no test is running, so that no reporter prints the server's ending.
    boolean isIdle() {
        return running.isEmpty();
    }

    /// iperf prints the banner after each test; here it is omitted after a test of which nothing was
    /// printed.
    private void announce(int port, int testNumber) {
        if (isText() && isBannerWanted) {
            isBannerWanted = false;
            reporters.out().print(RULE);
            reporters.out().print("Server listening on " + port + " (test #" + testNumber + ")");
            reporters.out().print(RULE);
        }
    }

    private void complain(String text) {
        reporters.err().print("iperf3: error - " + ControlCharacterFilter.line(text));
    }

    /// Prints the stack trace of a fault of this program (`-d`); errors of clients have none.
    private void trace(@Nullable Throwable cause) {
        if (cause == null || reporters.options().detail().debugLevel() == 0) {
            return;
        }
        if (cause instanceof RuntimeException || cause instanceof Error) {
            var text = new StringWriter();
            cause.printStackTrace(new PrintWriter(text));
            text.toString().lines().map(ControlCharacterFilter::line).forEach(reporters.err()::print);
        }
    }

    private boolean isText() {
        return reporters.options().form() == Form.TEXT;
    }

    /// One test. Events before both ends have agreed on it are held back until they do. If they never
    /// do, and many clients end like that, they are dropped; the server reports their number.
    private final class DisplayedTest implements TestReporter {
        private final String mark;
        private final TestReporter reporter;
        private final List<TestEvent> early = new ArrayList<>(); // few, as no data flows yet
        private boolean isAgreed;
        private volatile boolean isMarked;

        DisplayedTest(String mark) {
            this.mark = mark;
            reporter = reporters.forTest(program, () -> isMarked ? mark : "");
        }

        /// Marks lines with their test from now on, since another test runs.
        void mark() {
            isMarked = true;
        }

        @Override
        public void onEvent(TestEvent event) {
            try {
                if (isAgreed) {
                    reporter.onEvent(event);
                } else {
                    beforeAgreement(event);
                }
            } finally {
                if (event instanceof TestEvent.Finished) {
                    running.remove(this);
                    agreed.remove(this);
                }
            }
        }

        private void beforeAgreement(TestEvent event) {
            early.add(event);
            switch (event) {
                case TestEvent.Note _ -> {}
                case TestEvent.Finished(Outcome outcome) -> {
                    if (refusals.admits(outcome.ending())) {
                        isMarked = !agreed.isEmpty(); // running tests keep their marks
                        show();
                    }
                }
                case TestEvent.ParametersAgreed _,
                        TestEvent.StreamsConnected _,
                        TestEvent.Started _,
                        TestEvent.IntervalDone _,
                        TestEvent.SummaryReady _ -> {
                    agreed.add(this);
                    if (agreed.size() > 1) {
                        agreed.forEach(DisplayedTest::mark);
                    }
                    show();
                }
            }
        }

        private void show() {
            isAgreed = true;
            isBannerWanted = true;
            early.forEach(reporter::onEvent);
            early.clear();
        }

        @Override
        public ServerOutput serverOutput() {
            return reporter.serverOutput();
        }

        @Override
        public String toString() {
            return mark.strip();
        }
    }
}
