package dev.pitot.examples;

import dev.pitot.message.EndpointOptions;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.probe.EchoServer;
import dev.pitot.message.probe.Ping;
import dev.pitot.message.probe.PingPlan;
import dev.pitot.message.probe.PingResult;
import dev.pitot.message.probe.ProbeLimit;
import dev.pitot.message.probe.ProbeListener;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Measures round-trip times of reliable messages to a probe server in the same program, or to one
/// elsewhere (`pitot message serve`):
///
/// ```
/// MessagePing [HOST]
/// ```
public final class MessagePing {
    private MessagePing() {}

    /// Runs the program.
    public static void main(String[] args) throws IOException {
        run(List.of(args), System.out);
    }

    static void run(List<String> args, PrintStream out) throws IOException {
        if (!args.isEmpty()) {
            ping(new InetSocketAddress(args.getFirst(), EchoServer.DEFAULT_PORT), out);
            return;
        }
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EchoServer server = EchoServer.start(anyPort, EndpointOptions.DEFAULT)) {
            ping(server.localAddress(), out);
        }
    }

    private static void ping(InetSocketAddress server, PrintStream out) throws IOException {
        var plan = new PingPlan(Channel.RELIABLE, 64, Duration.ofMillis(2), new ProbeLimit.Count(200), false);
        var ping = new Ping(server, plan, EndpointOptions.DEFAULT, ProbeListener.NONE);
        PingResult result = ping.run();
        out.println(result.counts().answered() + " of " + result.counts().sent() + " answered");
        PingResult.RoundTrips times = result.roundTrips();
        if (times != null) {
            out.println("50 % within " + times.p50().toNanos() / 1000 + " µs, 99 % within "
                    + times.p99().toNanos() / 1000 + " µs");
        }
    }
}
