package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The Debian package, installed once: no test changes what others see.
@Tag("slow")
@Needs({Tool.DEBIAN, Tool.IPERF3, Tool.OVERLAY_ROOT, Tool.PACKAGE})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianInstallTest {
    /// Somebody without a name or a privilege, as a service's dynamic user.
    private static final String NOBODY = "61184:61184";

    private OverlayRoot root;

    @BeforeAll
    void install() throws Exception {
        root = OverlayRoot.withoutJava();
        Path deb = Files.copy(BuiltPackages.named(".deb"), root.shared().resolve("pitot.deb"));
        ChildProcess.Exit exit = root.run("dpkg", "--install", deb.toString());
        assertThat(exit.code()).as(exit.stdout() + exit.stderr()).isZero();
    }

    @AfterAll
    void close() throws Exception {
        root.close();
    }

    @Test
    void measuresWithoutJavaOnTheMachine() throws Exception {
        ChildProcess.Exit measured = root.runAs(NOBODY, "pitot", "loopback", "-t", "1");

        assertThat(measured.code()).as(measured.stderr()).isZero();
        assertThat(measured.stdout()).contains("Gbits/sec");
        assertThat(root.run("dpkg", "--verify", "pitot").stdout()).isEmpty();
        assertThat(root.run("dpkg", "--audit").stdout()).isEmpty();
        assertThat(root.run("dpkg-query", "-W", "-f", "${db:Status-Status}", "iperf3")
                        .stdout())
                .isEqualTo("installed");
    }

    @Test
    void startsWithTheAotCache() throws Exception {
        assertThat(originOfClasses("")).contains("dev.pitot.cli.Main source: shared objects file");
        assertThat(originOfClasses("-XX:AOTMode=off")).contains("dev.pitot.cli.Main source: file:/usr/lib/pitot/app/");
    }

    /// Log of the JVM that names each class that it loads, and where it was.
    private String originOfClasses(String option) throws Exception {
        List<String> variables = List.of("PITOT_JAVA_OPTS=-Xlog:class+load " + option);
        try (ChildProcess process = root.start(NOBODY, variables, List.of("pitot", "--version"))) {
            assertThat(process.awaitExit().code()).as(process.toString()).isZero();
            return process.stdout();
        }
    }

    @Test
    void iperf3MeasuresAgainstTheService() throws Exception {
        measureService("pitot.service", "", 5201);
        measureService("pitot@.service", "5311", 5311);
    }

    private void measureService(String unit, String instance, int port) throws Exception {
        ServiceCommand service =
                ServiceCommand.of(content("/usr/lib/systemd/system/" + unit), content("/etc/default/pitot"), instance);
        try (ChildProcess server = root.start(NOBODY, service.variables(), service.words())) {
            server.awaitStdout("Server listening on " + port);

            ChildProcess.Exit client =
                    root.runAs(NOBODY, "iperf3", "-c", "127.0.0.1", "-p", Integer.toString(port), "-n", "1M");

            assertThat(client.code()).as(client.stdout() + client.stderr()).isZero();
            assertThat(client.stdout()).contains("iperf Done.");
        }
    }

    @Test
    void theServicesAreThereAndDisabled() throws Exception {
        for (String unit : List.of("pitot.service", "pitot@5201.service")) {
            ChildProcess.Exit verified =
                    root.run("systemd-analyze", "verify", "--man=no", "/usr/lib/systemd/system/" + unit);
            assertThat(verified.stdout() + verified.stderr()).isEmpty();
            assertThat(root.run("systemctl", "--root=/", "is-enabled", unit).stdout())
                    .isEqualTo("disabled\n");
            // Five starts within 10 s, systemd's default, would be the last.
            assertThat(content("/usr/lib/systemd/system/" + unit.replace("5201", "")))
                    .contains("\nRestartSec=5\n");
        }
    }

    private String content(String path) throws Exception {
        return root.run("cat", path).stdout();
    }
}
