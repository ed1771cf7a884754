package dev.pitot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.wire.control.ProtocolExtension;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Client of a server's UDP test, up to the opening of its streams.
final class UdpVisitor implements AutoCloseable {
    static final String COOKIE = "abcdefghijklmnopqrstuvwxyz234567abcd\0";
    private static final byte PARAM_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;

    private final Socket control;
    private final int port;

    UdpVisitor(int port, int streams) throws IOException {
        this(port, streams, "");
    }

    /// @param wishes additional members of the parameters
    UdpVisitor(int port, int streams, String wishes) throws IOException {
        this(port, streams, wishes, COOKIE);
    }

    UdpVisitor(int port, int streams, String wishes, String cookie) throws IOException {
        this.port = port;
        control = new Socket(InetAddress.getLoopbackAddress(), port);
        control.setSoTimeout(5_000);
        say(control, streams, wishes, cookie);
        if (wishes.contains("\"pitot\":")) {
            expect(ProtocolExtension.STATE);
            expect((byte) (wishes.contains("\"pitot\":3") ? 3 : 2));
        }
        expect(CREATE_STREAMS);
    }

    /// Sends a client's messages up to the point where the server allows it to open its streams.
    static void say(Socket control, int streams, String wishes, String cookie) throws IOException {
        var out = new DataOutputStream(control.getOutputStream());
        out.writeBytes(cookie);
        assertThat((byte) control.getInputStream().read()).isEqualTo(PARAM_EXCHANGE);
        byte[] parameters = ("{\"udp\":true,\"omit\":0,\"time\":1,\"parallel\":" + streams + ",\"len\":100" + wishes
                        + "}")
                .getBytes(StandardCharsets.US_ASCII);
        out.writeInt(parameters.length);
        out.write(parameters);
    }

    void expect(byte state) throws IOException {
        assertThat((byte) control.getInputStream().read()).isEqualTo(state);
    }

    void expectSilence() throws IOException {
        control.setSoTimeout(300);
        assertThatThrownBy(() -> control.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        control.setSoTimeout(5_000);
    }

    DatagramSocket socket(String address) throws IOException {
        var socket = new DatagramSocket(new InetSocketAddress(address, 0));
        socket.setSoTimeout(10_000);
        return socket;
    }

    void send(DatagramSocket socket, byte[] content) throws IOException {
        socket.send(new DatagramPacket(content, content.length, InetAddress.getLoopbackAddress(), port));
    }

    static byte[] answer(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength())
                .slice()
                .compact()
                .array();
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
