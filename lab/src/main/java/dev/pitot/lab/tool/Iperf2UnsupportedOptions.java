package dev.pitot.lab.tool;

import dev.pitot.command.CommandLine;
import dev.pitot.command.Option;
import dev.pitot.command.OutputOptions;
import dev.pitot.command.Request;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SctpSettings;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;
import java.util.List;
import java.util.Set;

/// Which of iperf3's and Pitot's options iperf 2 lacks. Nothing is left out without a word: a
/// test that says something else than was asked for is worth nothing.
final class Iperf2UnsupportedOptions {
    /// Switches that it has, or that change nothing here.
    private static final Set<String> SWITCHES = Set.of(
            "udp",
            "reverse",
            "no-delay",
            "version4",
            "version6",
            "forceflush",
            "no-fq-socket-pacing",
            "json-stream-full-output",
            "use-pkcs1-padding");

    private static final List<String> TWO_WAYS = List.of("--dualtest", "--tradeoff");

    private Iperf2UnsupportedOptions() {}

    /// @throws IllegalArgumentException in one sentence that names the first such option
    static void check(Request.Client request, Iperf2Options own) {
        ClientConfig config = request.config();
        TestConfig test = config.test();
        twoWays(test.direction() == Direction.BIDIRECTIONAL, "--bidir");
        TWO_WAYS.forEach(option -> twoWays(own.client().contains(option), option));
        switches(request.settings().given());
        lacks(!test.omit().isZero(), "-O (--omit)");
        lacks(config.local().clientPort() != 0, "--cport");
        lacks(config.local().resources().core() != null || test.metadata().serverCore() != null, "-A (--affinity)");
        lacks(!config.local().sctp().equals(SctpSettings.DEFAULT), "--nstreams");
        lacks(
                !config.timeouts().equals(Timeouts.DEFAULT),
                "--connect-timeout, --rcv-timeout, --snd-timeout, --cntl-ka");
        lacks(test.streams().socket().flowLabel() != 0, "-L (--flowlabel)");
        pacing(test);
        lacks(test.metadata().extraData() != null, "--extra-data");
        lacks(request.settings().socketFamily() != null, "--socket");
        lacks(!request.settings().metrics().isEmpty(), "--push.… and --metrics.…");
        OutputOptions.Detail detail = request.settings().output().detail();
        lacks(detail.unit() == 't' || detail.unit() == 'T', "-f " + detail.unit());
    }

    private static void pacing(TestConfig test) {
        Pacing pacing = test.streams().pacing();
        lacks(pacing.burstBlocks() != 0, "-b RATE/BURST");
        lacks(pacing.timerMicros() != Pacing.DEFAULT_TIMER_MICROS, "--pacing-timer");
        if (test.protocol() == Protocol.UDP && pacing.target().isUnlimited()) {
            throw new IllegalArgumentException("iperf 2 has no unlimited UDP (-b 0): give a rate");
        }
    }

    /// Whatever switch there is, iperf 2 has it or lacks it: a new one is lacking until it is known here.
    private static void switches(Set<Option> given) {
        for (Option option : CommandLine.options()) { // which have an order
            boolean isSwitch = option.argument() == Option.Argument.NONE && given.contains(option);
            List<String> spellings = option.spellings();
            lacks(
                    isSwitch && !SWITCHES.contains(option.names().getFirst()),
                    spellings.size() == 1 ? spellings.getFirst() : "%s (%s)".formatted(spellings.toArray()));
        }
    }

    private static void twoWays(boolean isGiven, String option) {
        if (isGiven) {
            throw new IllegalArgumentException("iperf 2 does not tell both ways of a test apart: instead of " + option
                    + " say 'directions: [to, from]', or use iperf3 or Pitot at both ends");
        }
    }

    private static void lacks(boolean isGiven, String option) {
        if (isGiven) {
            throw new IllegalArgumentException(
                    "iperf 2 has no " + option + ": leave it out, or use iperf3 or Pitot at both ends");
        }
    }
}
