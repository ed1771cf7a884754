package dev.pitot.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendQuotaTest {
    @Test
    void isUnlimitedUntilItIsArmed() {
        var quota = new SendQuota();

        assertThat(quota.claim(1_000)).isEqualTo(1_000);
        quota.arm(1);
        assertThat(quota.claim(1_000)).isEqualTo(1);
    }

    @Test
    void givesTheRestAndThenNothing() {
        var quota = new SendQuota();
        quota.arm(2_500);

        assertThat(quota.claim(1_000)).isEqualTo(1_000);
        assertThat(quota.claim(1_000)).isEqualTo(1_000);
        assertThat(quota.claim(1_000)).isEqualTo(500);
        assertThat(quota.claim(1_000)).isZero();
        assertThat(quota.claim(1_000)).isZero();
    }

    @Test
    void isExactHoweverStreamsShareIt() throws Exception {
        var quota = new SendQuota();
        long total = 10_000_019;
        quota.arm(total);
        Callable<Long> stream = () -> {
            long claimed = 0;
            for (int n = quota.claim(777); n > 0; n = quota.claim(777)) {
                claimed += n;
            }
            return claimed;
        };

        long sum = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<Long> share : threads.invokeAll(
                    IntStream.range(0, 4).mapToObj(_ -> stream).toList())) {
                sum += share.get();
            }
        }

        assertThat(sum).isEqualTo(total);
    }
}
