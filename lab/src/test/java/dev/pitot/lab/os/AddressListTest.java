package dev.pitot.lab.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressListTest {
    @Test
    void ipTellsBothFamiliesAndIpv4ComesFirst() {
        // iproute2 6.1.0: ip -o addr show dev wlan0
        String output = """
                3: wlan0    inet6 2001:db8::17/64 scope global dynamic \\       valid_lft 86395sec preferred_lft 14395sec
                3: wlan0    inet6 fe80::216:3eff:fe00:1/64 scope link \\       valid_lft forever preferred_lft forever
                3: wlan0    inet 192.168.20.50/24 brd 192.168.20.255 scope global wlan0\\       valid_lft forever preferred_lft forever
                """;

        assertThat(texts(AddressList.unix(output))).containsExactly("192.168.20.50", "2001:db8:0:0:0:0:0:17");
    }

    @Test
    void ofATunnelTheOwnEndCounts() {
        // iproute2 6.1.0
        assertThat(texts(AddressList.unix(
                        "5: tun0    inet 10.8.0.6 peer 10.8.0.5/32 scope global tun0\\  valid_lft forever\n")))
                .containsExactly("10.8.0.6");
    }

    @Test
    void everyIfconfigIsUnderstood() {
        // net-tools 2.10
        String today = """
                eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
                        inet 10.1.2.3  netmask 255.255.255.0  broadcast 10.1.2.255
                        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>
                        ether 02:42:ac:11:00:02  txqueuelen 0  (Ethernet)
                """;
        // net-tools 1.60, busybox 1.35
        String before = """
                eth0      Link encap:Ethernet  HWaddr 02:42:AC:11:00:02
                          inet addr:10.1.2.3  Bcast:10.1.2.255  Mask:255.255.255.0
                          inet6 addr: 2001:db8::3/64 Scope:Global
                """;
        // macOS 14
        String mac = """
                en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
                \tether 3c:22:fb:00:00:01
                \tinet6 fe80::1c2d:aaaa:bbbb:cccc%en0 prefixlen 64 secured scopeid 0x6
                \tinet 10.1.2.3 netmask 0xffffff00 broadcast 10.1.2.255
                """;
        // toolbox of Android 4
        String toolbox = "wlan0: ip 10.1.2.3 mask 255.255.255.0 flags [up broadcast running multicast]\n";

        assertThat(texts(AddressList.unix(today))).containsExactly("10.1.2.3");
        assertThat(texts(AddressList.unix(before))).containsExactly("10.1.2.3", "2001:db8:0:0:0:0:0:3");
        assertThat(texts(AddressList.unix(mac))).containsExactly("10.1.2.3");
        assertThat(texts(AddressList.unix(toolbox))).containsExactly("10.1.2.3");
    }

    @Test
    void netcfgTellsOfAllAndOnlyTheAskedCounts() {
        // toolbox of Android 4: netcfg
        String output = """
                lo       UP                                   127.0.0.1/8   0x00000049 00:00:00:00:00:00
                wlan0    UP                               192.168.10.36/24  0x00001043 00:17:c4:00:00:01
                rmnet0   DOWN                                   0.0.0.0/0   0x00000000 00:00:00:00:00:00
                """;

        assertThat(texts(AddressList.netcfg("wlan0", output))).containsExactly("192.168.10.36");
        assertThat(AddressList.netcfg("rmnet0", output)).isNull();
        assertThat(AddressList.netcfg("wlan1", output)).isNull();
    }

    @Test
    void ipconfigIsReadByTheNameOfTheAdapter() {
        // Windows 10: ipconfig
        String english = """

                Windows IP Configuration


                Ethernet adapter Ethernet 2:

                   Connection-specific DNS Suffix  . : lab.example
                   IPv4 Address. . . . . . . . . . . : 10.0.0.9
                   Subnet Mask . . . . . . . . . . . : 255.255.255.0
                   Default Gateway . . . . . . . . . : 10.0.0.1

                Wireless LAN adapter Wi-Fi:

                   Link-local IPv6 Address . . . . . : fe80::aaaa:bbbb:cccc:dddd%17
                   IPv6 Address. . . . . . . . . . . : 2001:db8::9(Preferred)
                   IPv4 Address. . . . . . . . . . . : 192.168.1.23(Preferred)
                   Subnet Mask . . . . . . . . . . . : 255.255.255.0
                """.replace("\n", "\r\n");
        // the same, in German
        String german = """
                Drahtlos-LAN-Adapter WLAN:

                   IPv4-Adresse  . . . . . . . . . . : 192.168.1.23
                   Subnetzmaske  . . . . . . . . . . : 255.255.255.0
                """;

        assertThat(texts(AddressList.ipconfig("Wi-Fi", english)))
                .containsExactly("192.168.1.23", "2001:db8:0:0:0:0:0:9");
        assertThat(texts(AddressList.ipconfig("Ethernet 2", english))).containsExactly("10.0.0.9");
        assertThat(AddressList.ipconfig("2", english)).isNull();
        assertThat(texts(AddressList.ipconfig("WLAN", german))).containsExactly("192.168.1.23");
    }

    @Test
    void whatIsNoAddressIsNotLookedUp() {
        for (String hostile : List.of(
                "inet localhost/8",
                "inet 300.1.1.1/8",
                "inet 1.2.3/8",
                "inet 01.2.3.4.5/8",
                "inet :::::/8",
                "inet face.cafe/8",
                "inet 0.0.0.0/0",
                "inet 255.255.255.255/32",
                "inet6 ff02::1/8",
                "inet6 ::/0",
                "inet6 dead:beef/64",
                "inet",
                "")) {
            assertThat(AddressList.unix(hostile)).as(hostile).isNull();
        }
    }

    private static List<String> texts(@Nullable List<InetAddress> addresses) {
        return Objects.requireNonNull(addresses, "no address").stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
