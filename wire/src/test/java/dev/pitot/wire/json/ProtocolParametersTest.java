package dev.pitot.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.config.DatagramSettings;
import dev.pitot.model.config.Offload;
import dev.pitot.model.config.Pacing;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.config.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Differences between the protocols' parameters.
class ProtocolParametersTest {
    @Test
    void everyProtocolHasItsKeys() {
        assertThat(written(Protocol.TCP)).startsWith("{\"tcp\":true,\"omit\"").doesNotContain("mptcp", "gso");
        assertThat(written(Protocol.MULTIPATH_TCP))
                .startsWith("{\"tcp\":true,\"omit\"")
                .contains("\"parallel\":1,\"mptcp\":true,\"len\":131072");
        assertThat(written(Protocol.SCTP)).startsWith("{\"sctp\":true,\"omit\"").contains("\"len\":65536");
        assertThat(written(Protocol.UDP))
                .startsWith("{\"udp\":true,\"omit\"")
                .doesNotContain("\"len\"")
                .contains("\"bandwidth\":1048576,\"pacing_timer\":1000,\"gso\":0,\"gso_dg_size\":0,"
                        + "\"gso_bf_size\":65507,\"gro\":0,\"gro_bf_size\":65507");
    }

    private static String written(Protocol protocol) {
        return ParametersJson.write(TestConfig.builder().protocol(protocol).build(), null);
    }

    /// iperf_api.c and iperf_client_api.c: whole datagrams, at most 128.
    @ParameterizedTest
    @CsvSource({"16, 2048", "511, 65408", "512, 65024", "1000, 65000", "1460, 64240", "40000, 40000", "65507, 65507"})
    void offloadedBuffersHoldWholeDatagrams(int blockBytes, int bufferBytes) {
        TestConfig config = TestConfig.builder()
                .protocol(Protocol.UDP)
                .blockBytes(blockBytes)
                .datagrams(new DatagramSettings(false, false, Offload.ON))
                .build();

        assertThat(ParametersJson.write(config, null))
                .contains("\"gso\":1,\"gso_dg_size\":" + blockBytes + ",\"gso_bf_size\":" + bufferBytes
                        + ",\"gro\":1,\"gro_bf_size\":65507}");
        assertThat(test(ParametersJson.write(config, null))).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"udp\":true}                                         | UDP",
                "{\"tcp\":true,\"udp\":true}                          | UDP",
                "{\"sctp\":true,\"udp\":true,\"tcp\":true}          | SCTP",
                "{\"mptcp\":true}                                       | MULTIPATH_TCP",
                "{\"tcp\":true,\"mptcp\":true}                        | MULTIPATH_TCP",
                "{\"tcp\":true,\"mptcp\":1}                           | TCP",
                "{\"udp\":true,\"mptcp\":true}                        | UDP",
                "{\"sctp\":true,\"mptcp\":true}                       | SCTP",
                "{\"udp\":1,\"sctp\":\"true\"}                      | TCP",
            })
    void theLastOfSeveralProtocolsCounts(String json, Protocol protocol) {
        assertThat(test(json).protocol()).isEqualTo(protocol);
    }

    @Test
    void aMissingRateIsNoLimitWhateverTheProtocol() {
        for (String protocol : new String[] {"tcp", "udp", "sctp"}) {
            TestConfig config = test("{\"" + protocol + "\":true}");

            assertThat(config.streams().pacing()).isEqualTo(Pacing.NONE);
        }
    }

    @Test
    void udpWithoutALengthHasTheDefaultOne() {
        assertThat(test("{\"udp\":true}").streams().blockBytes()).isEqualTo(1460);
        assertThat(test("{\"udp\":true,\"len\":0}").streams().blockBytes()).isEqualTo(1460);
        assertThat(test("{\"sctp\":true}").streams().blockBytes()).isEqualTo(131_072);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"udp\":true,\"gso\":1,\"gro\":0}                            | ON",
                "{\"udp\":true,\"gso\":0,\"gro\":1}                            | ON",
                "{\"udp\":true,\"gso\":7}                                        | ON",
                "{\"udp\":true,\"gso\":0,\"gro\":0,\"gso_dg_size\":1000}     | OFF",
                "{\"udp\":true,\"gso\":true}                                     | OFF",
                "{\"tcp\":true,\"gso\":1,\"gro\":1}                            | AUTOMATIC",
            })
    void eitherHalfOfTheOffloadAsksForIt(String json, Offload offload) {
        assertThat(test(json).streams().datagrams().offload()).isEqualTo(offload);
    }

    private static TestConfig test(String json) {
        return ParametersJson.read(json).test();
    }
}
