package dev.pitot.engine.server;

import dev.pitot.engine.session.SessionFailure;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.ServerPolicy;
import dev.pitot.model.config.TestConfig;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;

/// Rejects tests that request more than a server allows, before data flows (iperf_api.c: get_parameters).
final class PolicyCheck {
    private PolicyCheck() {}

    /// @throws SessionFailure (error 27 for the rate, 37 for the duration)
    static void check(TestConfig test, ServerPolicy policy) throws SessionFailure {
        Bitrate limit = policy.rateLimit().rate();
        Pacing pacing = test.streams().pacing();
        boolean isTooFast = exceeds(test, pacing.target(), limit) || exceeds(test, pacing.fairQueueRate(), limit);
        if (isTooFast) {
            throw SessionFailure.of(IperfError.TOTAL_RATE, "");
        }
        if (!policy.maxDuration().isZero() && isTooLong(test, policy.maxDuration())) {
            throw SessionFailure.of(IperfError.MAX_DURATION, "");
        }
    }

    /// A test without a target rate is monitored while it runs.
    private static boolean exceeds(TestConfig test, Bitrate wanted, Bitrate limit) {
        // a quotient: products of a client's values may overflow
        return !limit.isUnlimited() && wanted.bitsPerSecond() > limit.bitsPerSecond() / test.streamCount();
    }

    private static boolean isTooLong(TestConfig test, Duration longest) {
        return !(test.limit() instanceof Limit.ForDuration(Duration length))
                || length.plus(test.omit()).compareTo(longest) > 0;
    }
}
