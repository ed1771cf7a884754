package dev.pitot.message.extended;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeepAliveTest {
    @Test
    void ofAnIdlePairOnlyTheClientPings() {
        Pair pair = new Pair(PathConditions.CLEAR, 1).connect();
        pair.run(5_000); // what opening takes is over
        long before = pair.client.metrics().sent().keepAlives();

        pair.run(60_000);

        pair.assertAlive();
        assertThat(pair.server().metrics().sent().keepAlives()).isZero();
        // 60 s in steps of a third of 10 s
        assertThat(pair.client.metrics().sent().keepAlives() - before).isBetween(17L, 18L);
    }
}
