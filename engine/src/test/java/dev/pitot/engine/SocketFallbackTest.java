package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Limit;
import dev.pitot.model.event.ServerEvent;
import dev.pitot.model.event.ServerListener;
import dev.pitot.model.event.TestEvent;
import dev.pitot.model.event.TestListener;
import dev.pitot.socket.SocketFamilies;
import dev.pitot.testkit.ChildProcess;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SocketFallbackTest {
    private static final String WARNING = "WARNING portable sockets are used, which have fewer options and statistics:"
            + " the linux socket family needs the JVM's option --enable-native-access=ALL-UNNAMED";

    /// A server and a client in one process that print the notes of each end's test.
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (Server server =
                    Iperf.server().port(0).listener(new Printing("server")).start()) {
                Iperf.client("127.0.0.1")
                        .port(server.port())
                        .limit(new Limit.ForBlocks(1))
                        .listener(new Printing("client").onTest(1))
                        .run();
                server.stop(null);
                server.await();
                server.listenerStatuses().getFirst().await();
            }
        }
    }

    private record Printing(String end) implements ServerListener {
        @Override
        public void onServerEvent(ServerEvent event) {
            // Only the events of tests are of interest.
        }

        @Override
        public TestListener onTest(int testNumber) {
            return event -> {
                switch (event) {
                    case TestEvent.Note(var level, String text)
                    when level == TestEvent.Level.WARNING -> print(level + " " + text);
                    case TestEvent.ParametersAgreed _ -> print("agreed");
                    default -> {}
                }
            };
        }

        @SuppressWarnings("SystemOut") // a separate program
        private void print(String text) {
            System.out.println(end + ": " + text);
        }
    }

    @Test
    void whereNativeAccessIsDeniedEachTestBeginsWithAWarning() throws Exception {
        try (ChildProcess program = ChildProcess.start(command("--illegal-native-access=deny"))) {
            ChildProcess.Exit exit = program.awaitExit();

            assertThat(exit.code()).as(exit.stderr()).isZero();
            assertThat(exit.stdout().lines())
                    .containsSubsequence("client: " + WARNING, "client: agreed")
                    .containsSubsequence("server: " + WARNING, "server: agreed")
                    .hasSize(4);
        }
    }

    @Test
    void whereLinuxSocketsWorkThereIsNoWarning() throws Exception {
        try (ChildProcess program = ChildProcess.start(command("--enable-native-access=ALL-UNNAMED"))) {
            ChildProcess.Exit exit = program.awaitExit();

            assertThat(exit.code()).as(exit.stderr()).isZero();
            assertThat(exit.stdout().lines()).containsExactlyInAnyOrder("client: agreed", "server: agreed");
        }
    }

    @Test
    void whoeverChoosesAFamilyIsNotWarned() {
        assertThat(SocketFallback.of(SocketFamilies.portable()).warning()).isNull();
    }

    private static List<String> command(String option) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-XX:+UseSerialGC", option, "-cp", classPath, Program.class.getName());
    }
}
