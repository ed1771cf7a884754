package dev.pitot.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostDeviceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    host              | host              |
                    host%eth0         | host              | eth0
                    10.0.0.1%eth0     | 10.0.0.1          | eth0
                    169.254.0.1%eth0  | 169.254.0.1       | eth0
                    2001:db8::1%eth0  | 2001:db8::1       | eth0
                    fe80::1%eth0      | fe80::1%eth0      |
                    FEBF::1%eth0      | FEBF::1%eth0      |
                    fec0::1%eth0      | fec0::1           | eth0
                    fe80.example%eth0 | fe80.example      | eth0
                    host%eth0%eth1    | host              | eth0
                    host%             | host%             |
                    %eth0             | %eth0             |
                    """)
    void isPartedAsIperfPartsIt(String text, String host, @Nullable String device) {
        assertThat(HostDevice.parse(text)).isEqualTo(new HostDevice(host, device));
    }
}
