package dev.pitot.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.Protocol;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelValuesTest {
    @ParameterizedTest
    @EnumSource
    void eachProtocolHasAWordOfItsOwn(Protocol protocol) {
        String expected = protocol == Protocol.MULTIPATH_TCP
                ? "mptcp"
                : protocol.reportName().toLowerCase(Locale.ROOT);

        assertThat(LabelValues.of(protocol)).isEqualTo(expected);
    }
}
