package dev.pitot.lab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.measurement.LocalNodes;
import dev.pitot.lab.node.Node;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import dev.pitot.lab.remote.ConnectionFactory;
import dev.pitot.lab.remote.SecretReader;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.session.SessionEvent.TestBegan;
import dev.pitot.lab.session.SessionEvent.TestEnded;
import dev.pitot.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A session in a folder of its own, on nodes of this machine: in a plan's text `NAME@` is a node
/// of a name that no other test has, and `FOLDER` the folder. Closing looks whether anything is
/// left.
final class SessionFixture implements AutoCloseable, SessionListener {
    private final Path folder;
    private final Path temporary;
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final Queue<SessionEvent> events = new ConcurrentLinkedQueue<>();
    private final int port = FreePort.find();

    SessionFixture(Path folder) throws IOException {
        this.folder = folder;
        temporary = Files.createDirectories(folder.resolve("tmp"));
    }

    /// A node's whole name.
    String node(String name) {
        return name + "." + mark;
    }

    TestSession session(String text) throws PlanException {
        return session(text, UnaryOperator.identity());
    }

    /// @param change what the text cannot say
    TestSession session(String text, UnaryOperator<Plan> change) throws PlanException {
        String whole = text.replace("@", "." + mark).replace("FOLDER", folder.toString());
        Plan plan = withOwnLeases(change.apply(PlanReader.read("plan.yaml", whole, new PlanFolders(folder, folder))));
        var connections = new ConnectionFactory(new SecretReader(_ -> null), folder, InstantSource.system());
        var setup = new SessionSetup(
                plan,
                new PlanCopy("plan.yaml", whole),
                folder,
                NodeConnector.through(connections),
                InstantSource.system(),
                ZoneOffset.UTC);
        return new TestSession(setup, this, port - 5201, temporary.toString());
    }

    /// Other tests on this machine have its leases, too: these nodes, and this machine as such, keep
    /// theirs in the fixture's folder.
    private Plan withOwnLeases(Plan plan) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        plan.nodes()
                .forEach((name, node) -> nodes.put(
                        name,
                        new Node(
                                name,
                                node.system(),
                                node.connectionSettings(),
                                node.traffic(),
                                node.programs(),
                                new Node.Control(
                                        node.control().staleProcesses(),
                                        node.control().timeouts(),
                                        temporary.toString()))));
        return new Plan(plan.title(), nodes, plan.cases(), plan.fixtures(), plan.options());
    }

    SessionEvent.Ended run(String text) throws Exception {
        return session(text).run();
    }

    CompletableFuture<SessionEvent.Ended> inBackground(TestSession session) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return session.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void onEvent(SessionEvent event) {
        events.add(event);
    }

    List<TestEnded> ended() {
        return events.stream()
                .filter(TestEnded.class::isInstance)
                .map(TestEnded.class::cast)
                .toList();
    }

    /// `+a` when a test began, `-a` when it was over.
    List<String> course() {
        return events.stream()
                .map(event -> switch (event) {
                    case TestBegan began -> "+" + began.test().spec().test();
                    case TestEnded ended -> "-" + ended.result().id().group().test();
                    case SessionEvent.Began _, SessionEvent.Note _, SessionEvent.Ended _ -> "";
                })
                .filter(word -> !word.isEmpty())
                .toList();
    }

    List<String> notes() {
        return events.stream()
                .filter(SessionEvent.Note.class::isInstance)
                .map(event -> ((SessionEvent.Note) event).text())
                .toList();
    }

    static String reason(TestEnded ended) {
        return Objects.requireNonNull(ended.result().verdict().reason(), "no reason");
    }

    static List<String> rawLines(Path results, RunResult result) throws IOException {
        Stream.Builder<String> lines = Stream.builder();
        for (String name : result.measurements().rawFiles()) {
            Files.readAllLines(results.resolve(name)).forEach(lines);
        }
        return lines.build().toList();
    }

    /// The text of all raw files so far.
    String rawSoFar() throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".iperf")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /// Lines of intervals in all raw files so far.
    long intervalsSoFar() throws IOException {
        return rawSoFar().lines().filter(SessionFixture::isInterval).count();
    }

    static boolean isInterval(String line) {
        return line.contains(" sec ");
    }

    /// A stand-in for iperf3.
    void standIn(String name, String... lines) throws IOException {
        LocalNodes.script(
                folder,
                name,
                "case \"$1\" in --version) echo 'iperf 3.12 (cJSON 1.7.15)'; exit;; esac",
                String.join("\n", lines));
    }

    @Override
    public void close() throws IOException {
        assertThat(LocalNodes.notes(mark)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
        assertThat(LocalNodes.processes(folder.toString())).isEmpty();
        assertThat(LocalNodes.processes("-p " + port)).isEmpty();
    }
}
