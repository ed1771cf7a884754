package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.1.2.3", "::", "::1", "2001:db8::ff"})
    void whatIsEncodedDecodesTheSame(String host) {
        var address = new InetSocketAddress(InetAddress.ofLiteral(host), 65_535);

        try (Arena arena = Arena.ofConfined()) {
            assertThat(SocketAddresses.decode(SocketAddresses.encode(address, arena)))
                    .isEqualTo(address);
        }
    }

    @Test
    void aScopeIsKept() throws UnknownHostException {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        var address = new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7), 1);

        try (Arena arena = Arena.ofConfined()) {
            InetSocketAddress decoded = SocketAddresses.decode(SocketAddresses.encode(address, arena));

            assertThat(((Inet6Address) decoded.getAddress()).getScopeId()).isEqualTo(7);
            assertThat(decoded).isEqualTo(address);
        }
    }

    @Test
    void theKernelsBytesAreAsIpSevenSays() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded =
                    SocketAddresses.encode(new InetSocketAddress(InetAddress.ofLiteral("1.2.3.4"), 0x1451), arena);

            assertThat(encoded.get(ValueLayout.JAVA_SHORT, 0)).isEqualTo((short) 2);
            assertThat(encoded.asSlice(2).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(0x14, 0x51, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void javasWildcardFitsASocketOfEitherVersion() {
        var anywhere = new InetSocketAddress(InetAddress.ofLiteral("::"), 5201);

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment v4 = SocketAddresses.encodeLocal(anywhere, SocketAddresses.AF_INET, arena);

            assertThat(SocketAddresses.decode(v4))
                    .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 5201));
        }
    }

    @Test
    void aNameMustBeResolved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketAddresses.familyOf(InetSocketAddress.createUnresolved("nowhere", 1)));
    }
}
