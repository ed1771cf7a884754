package dev.pitot.output.text;

import dev.pitot.model.result.Cpu;
import dev.pitot.model.result.StreamRole;
import dev.pitot.model.result.Summary;
import dev.pitot.output.Lines;
import org.jspecify.annotations.Nullable;

/// What `-V` adds behind the totals of a direction: processors, and congestion control. As in
/// iperf 3.21, processors are shown only where the local end sends (iperf_api.c:
/// iperf_print_results).
final class VerboseText {
    private final boolean bidirectional;
    private final Lines out;

    VerboseText(boolean bidirectional, Lines out) {
        this.bidirectional = bidirectional;
        this.out = out;
    }

    /// The lines behind one direction.
    ///
    /// @param role what the local end does in it
    void print(Summary summary, StreamRole role) {
        if (role.isSender()) {
            printCpu(summary, "sender", "receiver");
            if (bidirectional) {
                printCpu(summary, "receiver", "sender");
            }
        }
        // With both directions the local end stands as the sender in a summary; where it
        // receives they change places.
        Summary.Congestion congestion = summary.congestion();
        if (bidirectional && !role.isSender()) {
            printCongestion(congestion.receiver(), congestion.sender());
        } else {
            printCongestion(congestion.sender(), congestion.receiver());
        }
    }

    private void printCpu(Summary summary, String local, String remote) {
        Cpu other = summary.remoteCpu();
        out.print("CPU Utilization: local/" + local + " " + percents(summary.localCpu()) + ", remote/" + remote + " "
                + percents(other == null ? new Cpu(0, 0, 0) : other)); // zeros before the exchange, as in iperf
    }

    private void printCongestion(@Nullable String sender, @Nullable String receiver) {
        if (sender != null) {
            out.print("snd_tcp_congestion " + sender);
        }
        if (receiver != null) {
            out.print("rcv_tcp_congestion " + receiver);
        }
    }

    private static String percents(Cpu cpu) {
        return FixedPoint.of(cpu.total(), 1) + "% (" + FixedPoint.of(cpu.user(), 1) + "%u/"
                + FixedPoint.of(cpu.system(), 1) + "%s)";
    }
}
