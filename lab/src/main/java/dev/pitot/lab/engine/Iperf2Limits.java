package dev.pitot.lab.engine;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.Request;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Extras;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.PayloadSettings;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.SctpEnd;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.config.Timeouts;

/// Which of iperf3's and Pitot's options iperf 2 lacks. Nothing is left out without a word: a
/// test that says something else than was asked for is worth nothing.
final class Iperf2Limits {
    private Iperf2Limits() {}

    /// @throws IllegalArgumentException in one sentence that names the first such option
    static void check(Request.Client request) {
        ClientConfig config = request.config();
        TestConfig test = config.test();
        lacks(test.protocol() == Protocol.SCTP, "--sctp");
        lacks(test.protocol() == Protocol.MULTIPATH_TCP, "-m (--mptcp)");
        lacks(!test.omit().isZero(), "-O (--omit)");
        lacks(config.local().clientPort() != 0, "--cport");
        lacks(config.local().resources().core() != null || test.extras().serverCore() != null, "-A (--affinity)");
        lacks(!config.local().sctp().equals(SctpEnd.DEFAULT), "--nstreams");
        lacks(
                !config.timeouts().equals(Timeouts.DEFAULT),
                "--connect-timeout, --rcv-timeout, --snd-timeout, --cntl-ka");
        lacks(test.streams().socket().flowLabel() != 0, "-L (--flowlabel)");
        pacing(test);
        payload(test.streams().payload());
        datagrams(test.streams().datagrams());
        extras(test.extras());
        lacks(request.surroundings().socketFamily() != null, "--socket");
        lacks(!request.surroundings().metrics().isEmpty(), "--push.… and --metrics.…");
        OutputOptions.Detail detail = request.surroundings().output().detail();
        lacks(detail.verbose(), "-V (--verbose)");
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

    private static void payload(PayloadSettings payload) {
        lacks(payload.repeating(), "--repeating-payload");
        lacks(payload.zeroCopy(), "-Z (--zerocopy)");
        lacks(payload.skipReceiveCopy(), "--skip-rx-copy");
    }

    private static void datagrams(DatagramSettings datagrams) {
        lacks(datagrams.wideCounters(), "--udp-counters-64bit");
        lacks(datagrams.dontFragment(), "--dont-fragment");
        lacks(datagrams.offload(), "--gsro");
    }

    private static void extras(Extras extras) {
        lacks(extras.extraData() != null, "--extra-data");
        lacks(extras.serverOutput(), "--get-server-output");
    }

    private static void lacks(boolean isGiven, String option) {
        if (isGiven) {
            throw new IllegalArgumentException(
                    "iperf 2 has no " + option + ": leave it out, or use iperf3 or Pitot at both ends");
        }
    }
}
