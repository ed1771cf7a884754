package dev.pitot.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
@Needs({Tool.DEBIAN, Tool.IPERF3, Tool.OVERLAY_ROOT})
@Timeout(600)
class DebianInstallTest {
    /// Somebody without a name or a privilege, as a service's dynamic user.
    private static final String NOBODY = "61184:61184";

    /// What dpkg keeps about every package, logs, and caches that are made anew.
    private static final Pattern BOOKKEEPING = Pattern.compile(
            "/var/lib/dpkg(/(status|available|lock|triggers|updates|diversions|alternatives).*|/info|/info/format)?"
                    + "|/var/log.*|/var/cache.*");

    private OverlayRoot root;

    @BeforeEach
    @Timeout(600) // the packages are made before
    void open() throws Exception {
        root = OverlayRoot.withoutJava();
        Files.copy(BuiltPackages.named(".deb"), deb());
    }

    @AfterEach
    void close() throws Exception {
        root.close();
    }

    @Test
    void measuresWithoutJavaOnTheMachine() throws Exception {
        install(deb());

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
        install(deb());

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
        install(deb());

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
        install(deb());

        for (String unit : List.of("pitot.service", "pitot@5201.service")) {
            ChildProcess.Exit verified =
                    root.run("systemd-analyze", "verify", "--man=no", "/usr/lib/systemd/system/" + unit);
            assertThat(verified.stdout() + verified.stderr()).isEmpty();
            assertThat(root.run("systemctl", "--root=/", "is-enabled", unit).stdout())
                    .isEqualTo("disabled\n");
            // Five starts within 10 s, systemd's default, would be the last.
            assertThat(root.run("systemctl", "--root=/", "cat", unit).stdout()).contains("\nRestartSec=5\n");
        }
    }

    @Test
    void anUpgradeKeepsWhatTheAdministratorChanged() throws Exception {
        install(olderPackage());
        root.run("sed", "-i", "s/^PITOT_PORT=.*/PITOT_PORT=5999/", "/etc/default/pitot");
        root.run("systemctl", "--root=/", "enable", "pitot.service");

        install(deb());

        assertThat(root.run("dpkg-query", "-W", "-f", "${Version}", "pitot").stdout())
                .isEqualTo(DebianPackage.version(BuiltPackages.tree().build().version()));
        assertThat(root.run("ls", "/usr/lib/pitot/app/older.jar").code()).isNotZero();
        assertThat(content("/etc/default/pitot")).contains("PITOT_PORT=5999");
        assertThat(root.run("systemctl", "--root=/", "is-enabled", "pitot.service")
                        .stdout())
                .isEqualTo("enabled\n");
        assertThat(root.runAs(NOBODY, "pitot", "--version").code()).isZero();
    }

    @Test
    void removalKeepsTheConfigurationAlone() throws Exception {
        Set<String> before = root.changes();
        install(deb());

        requireSuccess("dpkg", "--remove", "pitot");

        assertThat(changesSince(before))
                .containsExactlyInAnyOrder(
                        "/etc/default/pitot", "/var/lib/dpkg/info/pitot.list", "/var/lib/dpkg/info/pitot.postrm");
    }

    @Test
    void purgingLeavesNothing() throws Exception {
        Set<String> before = root.changes();
        install(deb());
        root.run("systemctl", "--root=/", "enable", "pitot.service", "pitot@5311.service");
        requireSuccess("update-alternatives", "--install", "/usr/local/bin/iperf3", "iperf3", "/usr/bin/pitot", "50");
        assertThat(root.runAs(NOBODY, "/usr/local/bin/iperf3", "--version").stdout())
                .contains("Pitot");

        requireSuccess("dpkg", "--purge", "pitot");

        assertThat(changesSince(before)).isEmpty();
        assertThat(root.run("dpkg-query", "-s", "pitot").code()).isNotZero();
    }

    /// Changed paths, without the bookkeeping.
    private Set<String> changesSince(Set<String> before) throws Exception {
        return root.changes().stream()
                .filter(path -> !before.contains(path))
                .filter(path -> !BOOKKEEPING.matcher(path).matches())
                .collect(Collectors.toSet());
    }

    /// Makes the package of an older version, which has a file that this one has not.
    private Path olderPackage() throws Exception {
        String unpacked = root.shared().resolve("older").toString();
        requireSuccess("dpkg-deb", "--raw-extract", deb().toString(), unpacked);
        requireSuccess("sed", "-i", "s/^Version: .*/Version: 0.0.1-1/", unpacked + "/DEBIAN/control");
        requireSuccess("touch", unpacked + "/usr/lib/pitot/app/older.jar");
        Path older = root.shared().resolve("older.deb");
        requireSuccess("dpkg-deb", "-Znone", "--build", unpacked, older.toString());
        return older;
    }

    private Path deb() {
        return root.shared().resolve("pitot.deb");
    }

    private void install(Path deb) throws Exception {
        requireSuccess("dpkg", "--install", deb.toString());
    }

    private String content(String path) throws Exception {
        return root.run("cat", path).stdout();
    }

    private void requireSuccess(String... command) throws Exception {
        ChildProcess.Exit exit = root.run(command);
        assertThat(exit.code()).as(exit.stdout() + exit.stderr()).isZero();
    }
}
