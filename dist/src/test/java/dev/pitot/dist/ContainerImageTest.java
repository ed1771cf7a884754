package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@Needs({Tool.IPERF3, Tool.OVERLAY_ROOT, Tool.PACKAGE})
class ContainerImageTest {
    private OverlayRoot root;
    private String config;

    @BeforeEach
    void unpack() throws Exception {
        root = OverlayRoot.empty();
        Path image = Files.createDirectory(root.shared().resolve("image"));
        root.runBeside(
                "tar",
                "-xf",
                BuiltPackages.named("-image-linux-" + platform() + ".tar").toString(),
                "-C",
                image.toString());
        for (String layer : texts(Files.readString(image.resolve("manifest.json")), "Layers")) {
            root.unpack(image.resolve(layer));
        }
        config = Files.readString(image.resolve("config.json"));
        // Whatever runs containers writes this file.
        Path hosts = Files.writeString(root.shared().resolve("hosts"), "127.0.0.1 localhost measured.example\n");
        root.copy(hosts, "/etc/hosts");
    }

    @AfterEach
    void close() throws Exception {
        root.close();
    }

    @Test
    void saysWhatItIs() {
        assertThat(text("User")).isEqualTo("10001:10001");
        assertThat(text("architecture"))
                .isEqualTo(BuiltPackages.tree().build().platform().debianName());
        assertThat(text("org.opencontainers.image.version"))
                .isEqualTo(BuiltPackages.tree().build().version());
        assertThat(text("org.opencontainers.image.licenses")).contains("Apache-2.0");
        assertThat(config).contains("5201/tcp", "5201/udp", "9579/tcp");
    }

    @Test
    void measuresLoopback() throws Exception {
        try (ChildProcess process = pitot("loopback", "-t", "1")) {
            assertThat(process.awaitExit().code()).as(process.toString()).isZero();
            assertThat(process.stdout()).contains("Gbits/sec");
        }
    }

    @Test
    void startsWithTheAotCache() throws Exception {
        try (ChildProcess process = start(List.of("PITOT_JAVA_OPTS=-Xlog:class+load"), "--version")) {
            assertThat(process.awaitExit().stdout()).contains("dev.pitot.cli.Main source: shared objects file");
        }
    }

    @Test
    void servesIperf3AndMeasuresAHostByName() throws Exception {
        try (ChildProcess server = pitot("-s")) {
            server.awaitStdout("Server listening on 5201");

            ChildProcess.Exit iperf3 = root.runBeside("iperf3", "-c", "127.0.0.1", "-n", "1M");
            assertThat(iperf3.code()).as(iperf3.stdout() + iperf3.stderr()).isZero();

            try (ChildProcess client = pitot("-c", "measured.example", "-n", "1M", "--title", "grün")) {
                assertThat(client.awaitExit().code()).as(client.toString()).isZero();
                assertThat(client.stdout())
                        .contains("Connecting to host measured.example")
                        .contains("grün:");
            }
        }
    }

    private ChildProcess pitot(String... arguments) throws Exception {
        return start(List.of(), arguments);
    }

    /// Starts the image's entry point as its user.
    private ChildProcess start(List<String> variables, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(texts(config, "Entrypoint"));
        command.addAll(List.of(arguments));
        List<String> environment = new ArrayList<>(variables);
        environment.addAll(texts(config, "Env"));
        return root.start(text("User"), environment, command);
    }

    /// The text of a member of the configuration.
    private String text(String name) {
        Matcher matcher =
                Pattern.compile("\"" + Pattern.quote(name) + "\":\"([^\"]*)\"").matcher(config);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    /// The texts in an array, the value of a member.
    private static List<String> texts(String json, String name) {
        Matcher array = Pattern.compile("\"" + name + "\":\\[([^]]*)]").matcher(json);
        assertThat(array.find()).as(name).isTrue();
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(array.group(1))
                .results()
                .map(text -> text.group(1))
                .toList();
    }

    private static String platform() {
        return BuiltPackages.tree().build().platform().name();
    }
}
