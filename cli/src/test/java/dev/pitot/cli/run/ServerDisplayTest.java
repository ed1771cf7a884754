package dev.pitot.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.LinePrefix;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Endpoint;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import dev.pitot.model.result.TestReport;
import dev.pitot.model.result.TestRole;
import dev.pitot.model.result.TestStart;
import dev.pitot.output.ProgramInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerDisplayTest {
    private static final Endpoint ANN = new Endpoint("192.0.2.1", 40_001);
    private static final Endpoint BOB = new Endpoint("2001:db8::2", 40_002);
    private static final Ending REFUSED = new Ending.Failed(IperfError.AUTHORIZATION, "", false);

    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();

    @Test
    void linesSayWhoseTheyAreFromTheMomentOnThatASecondTestRuns() {
        ServerDisplay display = display(Form.TEXT);

        TestListener ann = display.onTest(1, ANN);
        ann.onEvent(agreed(ANN));
        TestListener bob = display.onTest(2, BOB);
        bob.onEvent(agreed(BOB));
        ann.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, "slow"));
        ann.onEvent(finished(new Ending.PeerGone()));
        bob.onEvent(finished(new Ending.PeerGone()));
        display.onTest(3, ANN).onEvent(agreed(ANN));

        assertThat(out)
                .containsExactly(
                        "Accepted connection from 192.0.2.1, port 40001",
                        "[#2 2001:db8::2 port 40002] Accepted connection from 2001:db8::2, port 40002",
                        "Accepted connection from 192.0.2.1, port 40001");
        assertThat(err)
                .containsExactly(
                        "[#1 192.0.2.1 port 40001] warning: slow",
                        "[#1 192.0.2.1 port 40001] iperf3: the client has unexpectedly closed the connection",
                        "[#2 2001:db8::2 port 40002] iperf3: the client has unexpectedly closed the connection");
    }

    @Test
    void aClientThatIsRefusedChangesNothingForTheTestThatRuns() {
        ServerDisplay display = display(Form.TEXT);
        TestListener ann = display.onTest(1, ANN);
        ann.onEvent(agreed(ANN));

        TestListener bob = display.onTest(2, BOB);
        ann.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, "slow"));
        bob.onEvent(finished(REFUSED));
        ann.onEvent(finished(new Ending.PeerGone()));

        assertThat(err)
                .containsExactly(
                        "warning: slow",
                        "[#2 2001:db8::2 port 40002] iperf3: error - test authorization failed",
                        "iperf3: the client has unexpectedly closed the connection");
    }

    @Test
    void aTestIsAloneAlthoughAClientThatIsNotAgreedWithYetWaits() {
        ServerDisplay display = display(Form.TEXT);
        TestListener bob = display.onTest(1, BOB);

        display.onTest(2, ANN).onEvent(agreed(ANN));
        bob.onEvent(agreed(BOB));

        assertThat(out)
                .containsExactly(
                        "Accepted connection from 192.0.2.1, port 40001",
                        "[#1 2001:db8::2 port 40002] Accepted connection from 2001:db8::2, port 40002");
    }

    @Test
    void objectsOfAStreamOfJsonSayWhoseTheyAreInTheSameWay() {
        ServerDisplay display = display(Form.JSON_STREAM);

        TestListener ann = display.onTest(1, ANN);
        ann.onEvent(agreed(ANN));
        ann.onEvent(new TestEvent.Started(Instant.EPOCH));
        TestListener bob = display.onTest(2, BOB);
        bob.onEvent(agreed(BOB));
        bob.onEvent(new TestEvent.Started(Instant.EPOCH));

        assertThat(out.getFirst()).startsWith("{\"event\":\"start\",\"data\":{");
        assertThat(out.getLast()).startsWith("{\"event\":\"start\",\"cookie\":\"cookie of 2001:db8::2\",\"data\":{");
    }

    @Test
    void manyWhoAreRefusedGetOneReportAndOneBanner() {
        ServerDisplay display = display(Form.TEXT);
        display.onServerEvent(new ServerEvent.Listening(5201, 1));
        for (int number = 1; number <= 100; number++) {
            TestListener test = display.onTest(number, ANN);
            test.onEvent(new TestEvent.Note(TestEvent.Level.WARNING, "odd"));
            test.onEvent(finished(REFUSED));
            display.onServerEvent(new ServerEvent.Listening(5201, number + 1));
        }
        display.onServerEvent(new ServerEvent.TestRefused("client refused: no (99 more in 10 s)", 99));

        assertThat(display.isIdle()).isTrue();
        assertThat(out).hasSize(6).contains("Server listening on 5201 (test #1)", "Server listening on 5201 (test #2)");
        assertThat(err)
                .containsExactly(
                        "warning: odd",
                        "iperf3: error - test authorization failed",
                        "iperf3: error - client refused: no (99 more in 10 s)");
    }

    @Test
    void whatAConnectionBringsAlongDoesNotSteerTheTerminal() {
        display(Form.TEXT).onServerEvent(new ServerEvent.ConnectionDropped("a\u001b[2J\u202eb", 1));

        assertThat(err).containsExactly("iperf3: error - a?[2J?b");
    }

    @Test
    void aFaultOfOursIsOneLineAndAtDebugItsTrace() {
        var dropped = new ServerEvent.ConnectionDropped("odd", 1, new IllegalStateException("a fault"));

        display(Form.TEXT).onServerEvent(dropped);
        assertThat(err).containsExactly("iperf3: error - odd");

        err.clear();
        display(Form.TEXT, 4).onServerEvent(dropped);
        assertThat(err)
                .startsWith("iperf3: error - odd", "java.lang.IllegalStateException: a fault")
                .anyMatch(line -> line.contains("dev.pitot.cli.run.ServerDisplayTest."));
    }

    @Test
    void whatAClientDoesWrongHasNoTrace() {
        display(Form.TEXT, 4).onServerEvent(new ServerEvent.ConnectionDropped("gone", 1, new IOException("gone")));

        assertThat(err).containsExactly("iperf3: error - gone");
    }

    private ServerDisplay display(Form form) {
        return display(form, 0);
    }

    private ServerDisplay display(Form form, int debugLevel) {
        var options = new OutputOptions(
                form,
                new Detail(false, debugLevel, Detail.ADAPTIVE_UNIT, true),
                new LinePrefix(null, null),
                null,
                OutputOptions.Notices.NONE);
        var reporters = new Reporters(TestRole.SERVER, options, out::add, err::add);
        return new ServerDisplay(new ProgramInfo("iperf 3.21", "Linux"), reporters, () -> Instant.EPOCH);
    }

    private static TestEvent agreed(Endpoint client) {
        var config = TestConfig.builder().direction(Direction.FORWARD).build();
        return new TestEvent.ParametersAgreed(new TestStart(
                TestRole.SERVER,
                client,
                "cookie of " + client.host(),
                Instant.EPOCH,
                0,
                new TestStart.Setup(config, ReportInterval.DEFAULT)));
    }

    private static TestEvent finished(Ending ending) {
        return new TestEvent.Finished(new Outcome(TestReport.EMPTY, ending));
    }
}
