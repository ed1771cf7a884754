package dev.pitot.probe.stamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// A reflector whose answers a test makes. It has a thread of its own.
final class ScriptedReflector implements AutoCloseable {
    private final DatagramSocket socket;
    private final Answers answers;

    /// The answers to a packet.
    @FunctionalInterface
    interface Answers {
        /// Returns the datagrams to send back.
        ///
        /// @param number of packets before this one
        List<byte[]> to(int number, byte[] request);
    }

    ScriptedReflector(Answers answers) throws IOException {
        this.answers = answers;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("scripted-reflector").start(this::run);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            for (int number = 0; ; number++) {
                packet.setLength(2048);
                socket.receive(packet);
                byte[] request = Arrays.copyOf(packet.getData(), packet.getLength());
                for (byte[] answer : answers.to(number, request)) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (SocketException _) { // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns an answer of 44 octets as RFC 8762 shows it, with another clock and the time that it took.
    static byte[] answer(byte[] request, int sequence, long offsetNanos) {
        ByteBuffer in = ByteBuffer.wrap(request);
        ByteBuffer out = ByteBuffer.allocate(44);
        long now = StampTimeFormat.NTP.encode(Instant.now().plusNanos(offsetNanos));
        out.putInt(sequence).putLong(now).putShort((short) 0x0587).putShort((short) 0);
        out.putLong(now).putInt(in.getInt(0)).putLong(in.getLong(4)).putShort(in.getShort(12));
        out.putShort((short) 0).put((byte) 64);
        return out.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
