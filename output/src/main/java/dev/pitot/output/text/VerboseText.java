package dev.pitot.output.text;

import dev.pitot.model.result.CpuUsage;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.output.Lines;
import org.jspecify.annotations.Nullable;

/// Prints the lines that `-V` adds after the totals of a direction: CPU utilization and congestion
/// control. As in iperf 3.21, CPU utilization is printed only where the local end sends
/// (iperf_api.c: iperf_print_results).
final class VerboseText {
    private final boolean bidirectional;
    private final Lines out;

    VerboseText(boolean bidirectional, Lines out) {
        this.bidirectional = bidirectional;
        this.out = out;
    }

    /// Prints the lines after one direction.
    ///
    /// @param role role of the local end in it
    void print(Summary summary, StreamRole role) {
        if (role.isSender()) {
            printCpu(summary, "sender", "receiver");
            if (bidirectional) {
                printCpu(summary, "receiver", "sender");
            }
        }
        // In a bidirectional test the summary names the local end as the sender; for the direction
        // it receives, the two are swapped.
        Summary.Congestion congestion = summary.congestion();
        if (bidirectional && !role.isSender()) {
            printCongestion(congestion.receiver(), congestion.sender());
        } else {
            printCongestion(congestion.sender(), congestion.receiver());
        }
    }

    private void printCpu(Summary summary, String local, String remote) {
        CpuUsage other = summary.remoteCpu();
        out.print("CPU Utilization: local/" + local + " " + percents(summary.localCpu()) + ", remote/" + remote + " "
                + percents(other == null ? new CpuUsage(0, 0, 0) : other)); // zeros before the exchange, as in iperf
    }

    private void printCongestion(@Nullable String sender, @Nullable String receiver) {
        if (sender != null) {
            out.print("snd_tcp_congestion " + sender);
        }
        if (receiver != null) {
            out.print("rcv_tcp_congestion " + receiver);
        }
    }

    private static String percents(CpuUsage cpu) {
        return FixedPoint.of(cpu.total(), 1) + "% (" + FixedPoint.of(cpu.user(), 1) + "%u/"
                + FixedPoint.of(cpu.system(), 1) + "%s)";
    }
}
