package dev.pitot.command;

import static dev.pitot.command.OptionRow.client;
import static dev.pitot.command.OptionRow.server;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.stream.Stream;

/// Options that say how an end takes part, and which tests a server lets in.
final class EndRows {
    private EndRows() {}

    static Stream<OptionRow> endRows() {
        return Stream.of(
                client(Option.CLIENT, "-c other", c -> c.server().host(), "h", "other"),
                client(Option.PORT, "-p 5300", c -> c.server().port(), 5201, 5300),
                server(Option.PORT, "-p 5300", s -> s.port(), 5201, 5300),
                new OptionRow(Option.SERVER, "-s", "--server", Request.Server.class::isInstance, true, true),
                client(Option.BIND, "-B 10.0.0.1", c -> c.local().host(), null, "10.0.0.1"),
                client(Option.BIND, "-B fe80::1%eth0", c -> c.local().host(), null, "fe80::1%eth0"),
                server(Option.BIND, "-B ::1", s -> s.local().host(), null, "::1"),
                server(Option.BIND, "-B ::1%eth0", s -> s.local().device(), null, "eth0"),
                client(Option.BIND_DEVICE, "--bind-dev eth1", c -> c.local().device(), null, "eth1"),
                client(
                        Option.BIND_DEVICE,
                        "-B a%eth0 --bind-dev eth1",
                        c -> c.local().device(),
                        null,
                        "eth1"),
                server(Option.BIND_DEVICE, "--bind-dev eth1", s -> s.local().device(), null, "eth1"),
                client(Option.FILE, "-F f", c -> c.local().resources().file(), null, "f"),
                server(Option.FILE, "--file f", s -> s.local().resources().file(), null, "f"),
                client(Option.AFFINITY, "-A 3", c -> c.local().resources().core(), null, 3),
                client(Option.AFFINITY, "-A 0x1,2", c -> c.test().extras().serverCore(), null, 2),
                server(
                        Option.AFFINITY,
                        "--affinity 1024",
                        s -> s.local().resources().core(),
                        null,
                        1024));
    }

    static Stream<OptionRow> waitingRows() {
        return Stream.of(
                client(Option.CLIENT_PORT, "--cport 7000", c -> c.local().clientPort(), 0, 7000),
                client(Option.VERSION4, "-4", c -> c.local().family(), AddressFamily.ANY, AddressFamily.V4),
                server(Option.VERSION6, "-6", s -> s.local().family(), AddressFamily.ANY, AddressFamily.V6),
                client(
                        Option.INTERVAL,
                        "-i .5",
                        c -> c.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ofMillis(500))),
                server(
                        Option.INTERVAL,
                        "-i0",
                        s -> s.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ZERO)),
                client(
                        Option.CONNECT_TIMEOUT,
                        "--connect-timeout 2k",
                        c -> c.timeouts().connect(),
                        Duration.ZERO,
                        Duration.ofMillis(2048)),
                client(
                        Option.RECEIVE_TIMEOUT,
                        "-R --rcv-timeout 500",
                        c -> c.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                server(
                        Option.RECEIVE_TIMEOUT,
                        "--rcv-timeout 500",
                        s -> s.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                client(
                        Option.SEND_TIMEOUT,
                        "--snd-timeout 700",
                        c -> c.timeouts().send(),
                        Duration.ZERO,
                        Duration.ofMillis(700)));
    }

    static Stream<OptionRow> keepAliveRows() {
        return Stream.of(
                client(
                        Option.CONTROL_KEEPALIVE,
                        "--cntl-ka",
                        c -> c.timeouts().controlKeepAlive(),
                        null,
                        KeepAlive.DEFAULT),
                client(
                        Option.CONTROL_KEEPALIVE,
                        "--cntl-ka=10/2/3",
                        c -> c.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(10, 2, 3)),
                server(
                        Option.CONTROL_KEEPALIVE,
                        "--cntl-ka=//4",
                        s -> s.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(0, 0, 4)),
                server(
                        Option.CONTROL_KEEPALIVE,
                        "--cntl-ka=/7",
                        s -> s.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(0, 7, 0)));
    }

    static Stream<OptionRow> policyRows() {
        return Stream.of(
                new OptionRow(Option.DAEMON, "-s", "-D", request -> ((Request.Server) request).isDaemon(), false, true),
                server(
                        Option.SERVER_BITRATE_LIMIT,
                        "--server-bitrate-limit 10M/.5",
                        s -> s.policy().rateLimit(),
                        RateLimit.NONE,
                        new RateLimit(new Bitrate(10_000_000), Duration.ofMillis(500))),
                server(
                        Option.SERVER_BITRATE_LIMIT,
                        "--server-bitrate-limit 1k",
                        s -> s.policy().rateLimit(),
                        RateLimit.NONE,
                        new RateLimit(new Bitrate(1000), Duration.ofSeconds(5))),
                server(
                        Option.SERVER_MAX_DURATION,
                        "--server-max-duration 30",
                        s -> s.policy().maxDuration(),
                        Duration.ZERO,
                        Duration.ofSeconds(30)),
                server(
                        Option.IDLE_TIMEOUT,
                        "--idle-timeout 9",
                        s -> s.lifetime().idle(),
                        Duration.ZERO,
                        Duration.ofSeconds(9)),
                server(Option.ONE_OFF, "-1", s -> s.lifetime().oneTest(), false, true));
    }

    private static KeepAlive keepAlive(int idleSeconds, int intervalSeconds, int count) {
        return new KeepAlive(Duration.ofSeconds(idleSeconds), Duration.ofSeconds(intervalSeconds), count);
    }
}
