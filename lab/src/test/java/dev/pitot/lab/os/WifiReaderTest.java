package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WifiReaderTest {
    private static final String BSSID = "00:11:22:33:44:0c";

    @Test
    void linuxIsToldByAllWhoKnowSomething() {
        // iw 5.19, then /proc/net/wireless of Linux 6.1
        String output = """
                Connected to 00:11:22:33:44:0C (on wlan0)
                \tSSID: lab net
                \tfreq: 5180
                \tRX: 49187 bytes (257 packets)
                \tsignal: -56 dBm
                \trx bitrate: 6.0 MBit/s
                \ttx bitrate: 433.3 MBit/s VHT-MCS 9 80MHz short GI VHT-NSS 1
                Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
                 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
                 wlan0: 0000   54.  -56.  -95        0      0      0      0     12        0
                """;

        assertThat(WifiReader.linux("wlan0", output)).isEqualTo(info("lab net", 36, -56.0, -95.0, 433.3));
        assertThat(WifiReader.linux("wlan1", output)).isEqualTo(info("lab net", 36, -56.0, null, 433.3));
    }

    @Test
    void iwconfigAloneTellsToo() {
        // wireless-tools 30
        String output = """
                wlan0     IEEE 802.11  ESSID:"lab"
                          Mode:Managed  Frequency:2.437 GHz  Access Point: 00:11:22:33:44:0C
                          Bit Rate=72.2 Mb/s   Tx-Power=20 dBm
                          Link Quality=60/70  Signal level=-50 dBm  Noise level=-92 dBm
                """;

        assertThat(WifiReader.linux("wlan0", output)).isEqualTo(info("lab", 6, -50.0, -92.0, 72.2));
        assertThat(WifiReader.linux("wlan0", " wlan0: 0000   54.  -56.  -256        0\n"))
                .isEqualTo(new WifiInfo(null, null, null, -56.0, null, null));
    }

    @Test
    void aLinkThatIsNotThereTellsNothing() {
        // iw 5.19, wireless-tools 30
        assertThat(WifiReader.linux("wlan0", "Not connected.\neth0      no wireless extensions.\n"))
                .isNull();
        assertThat(WifiReader.mac("AirPort: Off\n")).isNull();
        assertThat(WifiReader.windows("Wi-Fi", "There is no wireless interface on the system.\n"))
                .isNull();
    }

    @Test
    void androidTellsInOneLine() {
        // Android 9: dumpsys wifi
        String output =
                "mWifiInfo SSID: lab, BSSID: 00:11:22:33:44:0c, MAC: 02:00:00:00:00:00, Supplicant state: COMPLETED, "
                        + "RSSI: -48, Link speed: 390Mbps, Frequency: 5745MHz, Net ID: 0, Metered hint: false, score: 60\n";

        assertThat(WifiReader.android("wlan0", output)).isEqualTo(info("lab", 149, -48.0, null, 390.0));
        // Android 13
        assertThat(WifiReader.android(
                        "wlan0", output.replace("SSID: lab,", "SSID: \"lab\",").replace("5745MHz", "2484MHz")))
                .isEqualTo(info("lab", 14, -48.0, null, 390.0));
    }

    @Test
    void macTellsByThreePrograms() {
        // macOS 13: airport -I; leading zeros are left out
        String airport = """
                     agrCtlRSSI: -45
                     agrExtRSSI: 0
                    agrCtlNoise: -92
                     lastTxRate: 1300
                        maxRate: 217
                          BSSID: 0:11:22:33:44:c
                           SSID: lab
                        channel: 149,80
                """;
        // macOS 14: wdutil info
        String wdutil = """
                    MAC Address          : 02:00:00:00:00:00 (hw=02:00:00:00:00:00)
                    SSID                 : lab
                    BSSID                : 00:11:22:33:44:0c
                    RSSI                 : -45 dBm
                    Noise                : -92 dBm
                    Tx Rate              : 1300.0 Mbps
                    Channel              : 5g149/80
                """;
        // macOS 14: system_profiler SPAirPortDataType; it keeps names to itself
        String profiler = """
                          Current Network Information:
                            <redacted>:
                              Channel: 149 (5GHz, 80MHz)
                              Signal / Noise: -45 dBm / -92 dBm
                              Transmit Rate: 1300
                """;

        assertThat(WifiReader.mac(airport)).isEqualTo(info("lab", 149, -45.0, -92.0, 1300.0));
        assertThat(WifiReader.mac(wdutil)).isEqualTo(info("lab", 149, -45.0, -92.0, 1300.0));
        assertThat(WifiReader.mac(profiler)).isEqualTo(new WifiInfo(null, null, 149, -45.0, -92.0, 1300.0));
    }

    @Test
    void windowsTellsOfEachInterfaceApart() {
        // Windows 10: netsh wlan show interfaces
        String output = """

                There are 2 interfaces on the system:

                    Name                   : Wi-Fi
                    Physical address       : 02:00:00:00:00:00
                    State                  : connected
                    SSID                   : lab
                    BSSID                  : 00:11:22:33:44:0c
                    Channel                : 44
                    Receive rate (Mbps)    : 866.7
                    Transmit rate (Mbps)   : 780
                    Signal                 : 90%

                    Name                   : Wi-Fi 2
                    State                  : disconnected
                """.replace("\n", "\r\n");

        assertThat(WifiReader.windows("Wi-Fi", output)).isEqualTo(info("lab", 44, -55.0, null, 780.0));
        assertThat(WifiReader.windows("Wi-Fi 2", output)).isNull();
        // Windows 11 24H2 has the strength itself
        assertThat(WifiReader.windows("Wi-Fi", output.replace("90%", "90%\r\n    Rssi                   : -53")))
                .isEqualTo(info("lab", 44, -53.0, null, 780.0));
    }

    private static WifiInfo info(String ssid, int channel, Double rssi, @Nullable Double noise, @Nullable Double rate) {
        return new WifiInfo(ssid, BSSID, channel, rssi, noise, rate);
    }
}
