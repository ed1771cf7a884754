package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ChildProcess;
import dev.pitot.testkit.Needs;
import dev.pitot.testkit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An apetools file runs unchanged. Since apetools kills every iperf of a machine, so does this, in
/// separate PID and network namespaces.
@Timeout(180)
@Needs({Tool.IPERF2, Tool.NAMESPACES, Tool.PID_NAMESPACE})
@Tag("slow")
class LabIniTest {
    /// apetools' sample, except for the nodes' connections and the durations.
    private static final String SAMPLE = """
            [TEST]
            operation_setup = watchlogs,oscillate     # once per file
            setup_test = rotate,poweron,timetorecovery,dumpdevicestate   # before every test
            execute_test = iperf
            #teardown_test = sleep
            operation_teardown = oscillatestop         # always attempted, also after a crash
            output_folder = %(where)s/tate_71_apg_lab126_{t}
            data_file = prefix                          # optional text in client file names
            repeat = 1
            tag = ALLION
            recovery_time = 0.1 Second
            #no_cleanup = True
            [NODES]
            tate = operating_system:linux,connection:local,test_address:127.0.0.1,path:%(where)s/bin
            [TRAFFIC_PC]
            tpc = operating_system:linux,connection:local,test_address:127.0.0.1
            [IPERF]
            directions = from_dut, to_dut
            time = 1 Seconds
            protocol = tcp
            window = 256K
            len = 1470
            parallel = 4
            interval = 1
            format = b
            [SLEEP]
            time = 1 Hour
            [POWERON]
            wndr3700 = hostname:synaxxx,switch:1, sleep:5
            [ROTATE]
            node1 = hostname:h, username:root
            angles = 180,0:50,45,90:100, 270:10
            [OSCILLATE]
            hostname = phoridfly
            username = root
            [APCONNECT]
            ssids = a,b
            [TIMETORECOVERY]
            timeout = 10 seconds
            threshold = 2
            [WATCHLOGS]
            net = type:procnetdev,interface:lo
            """;

    @TempDir
    Path folder;

    @Test
    void theSampleOfApetoolsRunsWithItsLaboratoryLeftOut() throws Exception {
        answeringPing();
        Path ini = Files.writeString(folder.resolve("sample.ini"), "[DEFAULT]\nwhere = " + folder + "\n" + SAMPLE);
        List<String> command =
                new ArrayList<>(List.of("unshare", "--pid", "--net", "--fork", "--mount-proc", "--kill-child"));
        command.addAll(List.of("sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(SeparateJvm.command("lab", "run", ini.toString()));

        try (ChildProcess program = ChildProcess.start(command)) {
            ChildProcess.Exit exit = program.awaitExit();

            assertThat(exit.stderr()).isEmpty();
            assertThat(exit.code()).as(exit.stdout()).isZero();
            assertThat(exit.stdout().lines().filter(line -> line.startsWith(ini.toString())))
                    .containsExactly(
                            note(ini, 4, "OSCILLATE", "oscillate", "operation_setup", "session_start"),
                            note(ini, 5, "ROTATE", "rotate", "setup_test", "before_test"),
                            note(ini, 5, "POWERON", "poweron", "setup_test", "before_test"),
                            note(ini, 5, "DUMPDEVICESTATE", "dumpdevicestate", "setup_test", "before_test"),
                            note(ini, 8, "OSCILLATE", "oscillatestop", "operation_teardown", "session_end"));
            assertThat(exit.stdout().lines().filter(line -> line.startsWith("[")))
                    .hasSize(2)
                    .allMatch(line ->
                            line.matches("\\[[12]/2] iperf (tate -> tpc|tpc -> tate): [\\d.]+ Mbit/s, passed.*"));
            assertThat(exit.stdout()).endsWith("2 passed, 0 missed, 0 failed, 0 stopped\n");
        }
        assertThat(folder).isDirectoryContaining("glob:**/tate_71_apg_lab126_20*");
    }

    /// A stand-in for ping: not every machine has one, or lets every user run it.
    private void answeringPing() throws IOException {
        Path ping = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("ping"),
                "#!/bin/sh\necho '64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.050 ms'\n");
        assertThat(ping.toFile().setExecutable(true)).isTrue();
    }

    private static String note(Path ini, int line, String section, String word, String phase, String moment) {
        return ini + ": line " + line + ": [" + section + "]: '" + word + "' of " + phase
                + " is not imported: write a hook for " + moment;
    }
}
