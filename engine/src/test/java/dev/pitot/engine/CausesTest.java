package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.HostResources;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.LocalBinding;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A program that embeds a test or a server gets the exception that caused a failure.
@Timeout(180)
class CausesTest {
    private final IllegalStateException fault = new IllegalStateException("a fault of ours");
    private final Watcher atClient = new Watcher();
    private final Watcher atServer = new Watcher();
    private Thread.@Nullable UncaughtExceptionHandler handlerBefore;
    private volatile @Nullable Throwable uncaught;

    @BeforeEach
    void listenForStrayExceptions() {
        handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught = e);
    }

    @AfterEach
    void nothingWasThrownPastTheEngine() {
        Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
        assertThat(uncaught).isNull();
    }

    private FaultySockets sockets(FaultySockets.Call call) {
        return new FaultySockets(call, () -> {
            throw fault;
        });
    }

    private ClientBuilder client(Server server) {
        return Iperf.client("127.0.0.1")
                .port(server.port())
                .duration(Duration.ofSeconds(5))
                .listener(atClient);
    }

    @Test
    void aFaultInAStreamOfAClientIsItsCause() throws Exception {
        try (Server server = Iperf.server().port(0).listener(atServer).start();
                ClientRun run = client(server)
                        .sockets(sockets(FaultySockets.Call.BIND_TO_CORE))
                        .resources(new HostResources(null, 0))
                        .start()) {
            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.STREAM_WRITE, fault.toString(), false));
            assertThat(outcome.cause()).isSameAs(fault);
            assertThat(run.cause()).isSameAs(fault);
            assertThat(debugged(atClient))
                    .contains(fault.toString())
                    .anyMatch(line -> line.startsWith("\tat dev.pitot."));
        }
    }

    @Test
    void aFaultInAClientsCheckOfItsCoreIsItsCause() throws Exception {
        try (Server server = Iperf.server().port(0).listener(atServer).start();
                ClientRun run = client(server)
                        .sockets(sockets(FaultySockets.Call.CHECK_CORE))
                        .resources(new HostResources(null, 0))
                        .start()) {
            Outcome outcome = run.await();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.INIT_TEST, fault.toString(), false));
            assertThat(outcome.cause()).isSameAs(fault);
            assertThat(debugged(atClient)).contains(fault.toString());
        }
    }

    @Test
    void aFaultInAStreamOfAServerReachesItsListener() throws Exception {
        var onCore = LocalBinding.ANY.with(new HostResources(null, 0));
        try (Server server = Iperf.server()
                        .port(0)
                        .local(onCore)
                        .sockets(sockets(FaultySockets.Call.BIND_TO_CORE))
                        .listener(atServer)
                        .start();
                ClientRun run = client(server).start()) {
            Outcome outcome = atServer.awaitOutcome();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.STREAM_READ, fault.toString(), false));
            assertThat(outcome.cause()).isSameAs(fault);
            assertThat(debugged(atServer)).contains(fault.toString());
            assertThat(run.await().ending()).isInstanceOf(Ending.Failed.class);
        }
    }

    @Test
    void aFaultInATestOfAServerReachesItsListener() throws Exception {
        try (Server server = Iperf.server()
                        .port(0)
                        .sockets(sockets(FaultySockets.Call.LISTEN_UDP))
                        .listener(atServer)
                        .start();
                ClientRun run = client(server).protocol(Protocol.UDP).start()) {
            Outcome outcome = atServer.awaitOutcome();

            assertThat(outcome.ending()).isEqualTo(new Ending.Failed(IperfError.INIT_TEST, fault.toString(), false));
            assertThat(outcome.cause()).isSameAs(fault);
            assertThat(run.await().ending())
                    .isInstanceOfAny(Ending.Failed.class, Ending.PeerGone.class); // by what arrives first
        }
    }

    @Test
    void aFaultOfTheServerItselfReachesItsListener() throws Exception {
        try (Server _ = Iperf.server()
                .port(0)
                .sockets(sockets(FaultySockets.Call.ACCEPT))
                .listener(atServer)
                .start()) {
            atServer.awaitServerEvent(event ->
                    event instanceof ServerEvent.ConnectionDropped dropped && Objects.equals(dropped.cause(), fault));
        }
    }

    @Test
    void whatTheNetworkDoesHasNoTrace() throws Exception {
        try (Server server = Iperf.server().port(0).listener(atServer).start();
                ClientRun run = client(server).start()) {
            atClient.awaitStart();
            server.stop(null);

            assertThat(run.await().ending()).isEqualTo(new Ending.PeerTerminated());
            assertThat(run.cause()).isNull();
            assertThat(debugged(atClient)).noneMatch(line -> line.contains("\tat "));
        }
    }

    private static List<String> debugged(Watcher watcher) {
        return watcher.events().stream()
                .filter(event -> event instanceof TestEvent.Note note && note.level() == TestEvent.Level.DEBUG)
                .map(event -> ((TestEvent.Note) event).text())
                .toList();
    }

    @Test
    void aTestRunsWithoutARehearsalOfItsSockets() throws Exception {
        var rehearsals = new AtomicInteger();
        var without = new FaultySockets(FaultySockets.Call.REHEARSE, rehearsals::incrementAndGet);
        try (Server server =
                Iperf.server().port(0).sockets(without).listener(atServer).start()) {
            Outcome outcome = Iperf.client("127.0.0.1")
                    .port(server.port())
                    .limit(new Limit.ForBytes(1_000_000))
                    .sockets(without)
                    .run();

            assertThat(outcome.ending()).isInstanceOf(Ending.Completed.class);
            assertThat(rehearsals).hasValue(2);
        }
    }
}
