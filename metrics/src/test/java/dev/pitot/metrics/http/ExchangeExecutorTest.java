package dev.pitot.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExchangeExecutorTest {
    private static final EndpointLimits PATIENT = new EndpointLimits(1, 4, Duration.ofHours(1), 100);

    @Test
    void anExchangeThatIsOverLeavesNoAlarmBehind() throws Exception {
        try (var exchangeExecutor = new ExchangeExecutor(PATIENT)) {
            var done = new CountDownLatch(3);
            for (int exchange = 0; exchange < 3; exchange++) {
                exchangeExecutor.execute(() -> {
                    exchangeExecutor.allowAnswer(Duration.ofHours(1));
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();

            for (int look = 0; exchangeExecutor.alarms() > 0 && look < 200; look++) {
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
            assertThat(exchangeExecutor.alarms()).isZero();
        }
    }

    @Test
    void whatComesWhileItIsClosedIsEndedWithoutAFault() throws Exception {
        var exchangeExecutor = new ExchangeExecutor(PATIENT);
        exchangeExecutor.close();
        var late = new FutureTask<>(() -> {
            exchangeExecutor.allowAnswer(Duration.ZERO);
            return Thread.interrupted();
        });
        Thread.ofVirtual().start(late);

        assertThat(late.get(30, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> exchangeExecutor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
