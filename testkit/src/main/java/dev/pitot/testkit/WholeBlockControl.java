package dev.pitot.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Control connection of a simulated iperf3. For one thread.
final class WholeBlockControl implements AutoCloseable {
    static final int COOKIE_BYTES = 37;
    static final byte TEST_START = 1;
    static final byte TEST_RUNNING = 2;
    static final byte TEST_END = 4;
    static final byte PARAM_EXCHANGE = 9;
    static final byte CREATE_STREAMS = 10;
    static final byte EXCHANGE_RESULTS = 13;
    static final byte DISPLAY_RESULTS = 14;
    static final byte IPERF_DONE = 16;

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MAX_FRAME_BYTES = 1024 * 1024;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    WholeBlockControl(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    void send(byte... bytes) throws IOException {
        out.write(bytes);
    }

    void sendFrame(String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        out.writeInt(body.length);
        out.write(body);
    }

    byte[] receive(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the other end has closed the control connection");
        }
        return bytes;
    }

    String receiveFrame() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_FRAME_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return new String(receive(length), StandardCharsets.UTF_8);
    }

    /// Waits for a state.
    ///
    /// @throws IOException if another byte arrives
    void expect(byte state) throws IOException {
        byte actual = receive(1)[0];
        if (actual != state) {
            throw new IOException("expected state " + state + " but got " + actual);
        }
    }

    /// Returns the results message of an end without retransmits.
    static String results(List<WholeBlockStream> streams) {
        var json = new StringBuilder("{\"cpu_util_total\":1,\"cpu_util_user\":1,\"cpu_util_system\":0,"
                + "\"sender_has_retransmits\":-1,\"streams\":[");
        for (int i = 0; i < streams.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(i == 0 ? 1 : i + 2) // iperf3 skips 2
                    .append(",\"bytes\":")
                    .append(streams.get(i).counted())
                    .append(
                            ",\"retransmits\":-1,\"jitter\":0,\"errors\":0,\"packets\":0,\"start_time\":0,\"end_time\":1}");
        }
        return json.append("]}").toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
