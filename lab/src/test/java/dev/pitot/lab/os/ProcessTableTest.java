package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    @Test
    void namesAreWholeAndTheDeadAreLeftOut() {
        // procps-ng 4.0.2: ps -A -o pid= -o comm=
        String output = """
                      1 init
                   1201 iperf
                   1202 iperf3
                   1203 iperf3 <defunct>
                   1204 java
                """;

        List<ListedProcess> processes = Objects.requireNonNull(ProcessTable.numberAndName(output));

        assertThat(processes)
                .containsExactly(
                        new ListedProcess(1201, "iperf"),
                        new ListedProcess(1202, "iperf3"),
                        new ListedProcess(1204, "java"));
        assertThat(processes.getFirst().runs("iperf3")).isFalse();
        assertThat(processes.get(1).runs("iperf")).isFalse();
    }

    @Test
    void aFolderIsNotPartOfTheName() {
        // macOS 14: ps -A -o pid= -o comm=
        assertThat(ProcessTable.numberAndName(
                        "  501 /opt/homebrew/bin/iperf3\n  502 /Applications/A b.app/Contents/MacOS/A b\n"))
                .containsExactly(new ListedProcess(501, "iperf3"), new ListedProcess(502, "A b"));
    }

    @Test
    void columnsAreFoundByTheirTitles() {
        // toolbox of Android 4: ps (the state has no title)
        String toolbox = """
                USER     PID   PPID  VSIZE  RSS     WCHAN    PC         NAME
                root      1     0     340    204   c00bd520 00008c4c S /init
                shell     822   120   1024   512   c00bd520 00008c4c S /data/local/iperf
                shell     823   120   0      0     c00bd520 00008c4c Z iperf
                """;
        // toybox of Android 13: ps -A -o PID,NAME
        String toybox = "  PID NAME\n    1 init\n 4711 iperf3\n";
        // busybox 1.35: ps
        String busybox =
                "  PID USER       VSZ STAT COMMAND\n    1 root      1632 S    init\n  321 root      1700 S    iperf3 -s\n";

        assertThat(ProcessTable.titled(toolbox)).containsExactly(new ListedProcess(822, "iperf"));
        assertThat(ProcessTable.titled(toybox)).containsExactly(new ListedProcess(4711, "iperf3"));
        assertThat(ProcessTable.titled(busybox)).containsExactly(new ListedProcess(321, "iperf3"));
    }

    @Test
    void tasksOfWindowsLoseTheirEnding() {
        // Windows 10: tasklist /FO CSV /NH
        String output = """
                "System Idle Process","0","Services","0","8 K"\r
                "iperf3.exe","4242","Console","1","5,120 K"\r
                "IPERF.EXE","4243","Console","1","5,120 K"\r
                """;

        assertThat(ProcessTable.tasks(output))
                .containsExactly(new ListedProcess(4242, "iperf3"), new ListedProcess(4243, "IPERF"));
    }

    @Test
    void whatIsNoTableTellsNothing() {
        for (String output : List.of("", "sh: ps: not found\n", "PID\n1\n2\n", "\0\uFFFD\n", "99999999999999 x\n")) {
            assertThat(ProcessTable.numberAndName(output)).as(output).isNull();
            assertThat(ProcessTable.titled(output)).as(output).isNull();
            assertThat(ProcessTable.tasks(output)).as(output).isNull();
        }
        // toolbox of Android 4 takes `-A` for a filter
        assertThat(ProcessTable.titled("USER     PID   PPID  VSIZE  RSS     WCHAN    PC         NAME\n"))
                .isNull();
    }
}
