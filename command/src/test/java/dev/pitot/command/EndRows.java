package dev.pitot.command;

import static dev.pitot.command.OptionRow.client;
import static dev.pitot.command.OptionRow.named;
import static dev.pitot.command.OptionRow.server;

import dev.pitot.model.config.AddressFamily;
import dev.pitot.model.config.KeepAlive;
import dev.pitot.model.config.ReportInterval;
import dev.pitot.model.config.ServerPolicy.RateLimit;
import dev.pitot.model.unit.Bitrate;
import java.time.Duration;
import java.util.stream.Stream;

/// Options of either end, and a server's options for the tests it admits.
final class EndRows {
    private EndRows() {}

    static Stream<OptionRow> endRows() {
        return Stream.of(
                client(named("client"), "-c other", c -> c.server().host(), "h", "other"),
                client(named("port"), "-p 5300", c -> c.server().port(), 5201, 5300),
                server(named("port"), "-p 5300", s -> s.port(), 5201, 5300),
                new OptionRow(named("server"), "-s", "--server", Request.Server.class::isInstance, true, true),
                client(named("bind"), "-B 10.0.0.1", c -> c.local().host(), null, "10.0.0.1"),
                client(named("bind"), "-B fe80::1%eth0", c -> c.local().host(), null, "fe80::1%eth0"),
                server(named("bind"), "-B ::1", s -> s.local().host(), null, "::1"),
                server(named("bind"), "-B ::1%eth0", s -> s.local().device(), null, "eth0"),
                client(named("bind-dev"), "--bind-dev eth1", c -> c.local().device(), null, "eth1"),
                client(
                        named("bind-dev"),
                        "-B a%eth0 --bind-dev eth1",
                        c -> c.local().device(),
                        null,
                        "eth1"),
                server(named("bind-dev"), "--bind-dev eth1", s -> s.local().device(), null, "eth1"),
                client(named("file"), "-F f", c -> c.local().resources().file(), null, "f"),
                server(named("file"), "--file f", s -> s.local().resources().file(), null, "f"),
                client(named("affinity"), "-A 3", c -> c.local().resources().core(), null, 3),
                client(named("affinity"), "-A 0x1,2", c -> c.test().metadata().serverCore(), null, 2),
                server(
                        named("affinity"),
                        "--affinity 1024",
                        s -> s.local().resources().core(),
                        null,
                        1024));
    }

    static Stream<OptionRow> waitingRows() {
        return Stream.of(
                client(named("cport"), "--cport 7000", c -> c.local().clientPort(), 0, 7000),
                client(named("version4"), "-4", c -> c.local().family(), AddressFamily.ANY, AddressFamily.V4),
                server(named("version6"), "-6", s -> s.local().family(), AddressFamily.ANY, AddressFamily.V6),
                client(
                        named("interval"),
                        "-i .5",
                        c -> c.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ofMillis(500))),
                server(
                        named("interval"),
                        "-i0",
                        s -> s.interval(),
                        ReportInterval.DEFAULT,
                        new ReportInterval(Duration.ZERO)),
                client(
                        named("connect-timeout"),
                        "--connect-timeout 2k",
                        c -> c.timeouts().connect(),
                        Duration.ZERO,
                        Duration.ofMillis(2048)),
                client(
                        named("rcv-timeout"),
                        "-R --rcv-timeout 500",
                        c -> c.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                server(
                        named("rcv-timeout"),
                        "--rcv-timeout 500",
                        s -> s.timeouts().receive(),
                        Duration.ofSeconds(120),
                        Duration.ofMillis(500)),
                client(
                        named("snd-timeout"),
                        "--snd-timeout 700",
                        c -> c.timeouts().send(),
                        Duration.ZERO,
                        Duration.ofMillis(700)));
    }

    static Stream<OptionRow> keepAliveRows() {
        return Stream.of(
                client(named("cntl-ka"), "--cntl-ka", c -> c.timeouts().controlKeepAlive(), null, KeepAlive.DEFAULT),
                client(
                        named("cntl-ka"),
                        "--cntl-ka=10/2/3",
                        c -> c.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(10, 2, 3)),
                server(
                        named("cntl-ka"),
                        "--cntl-ka=//4",
                        s -> s.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(0, 0, 4)),
                server(
                        named("cntl-ka"),
                        "--cntl-ka=/7",
                        s -> s.timeouts().controlKeepAlive(),
                        null,
                        keepAlive(0, 7, 0)));
    }

    static Stream<OptionRow> policyRows() {
        return Stream.of(
                new OptionRow(
                        named("daemon"), "-s", "-D", request -> ((Request.Server) request).isDaemon(), false, true),
                server(
                        named("server-bitrate-limit"),
                        "--server-bitrate-limit 10M/.5",
                        s -> s.policy().rateLimit(),
                        RateLimit.NONE,
                        new RateLimit(new Bitrate(10_000_000), Duration.ofMillis(500))),
                server(
                        named("server-bitrate-limit"),
                        "--server-bitrate-limit 1k",
                        s -> s.policy().rateLimit(),
                        RateLimit.NONE,
                        new RateLimit(new Bitrate(1000), Duration.ofSeconds(5))),
                server(
                        named("server-max-duration"),
                        "--server-max-duration 30",
                        s -> s.policy().maxDuration(),
                        Duration.ZERO,
                        Duration.ofSeconds(30)),
                server(
                        named("idle-timeout"),
                        "--idle-timeout 9",
                        s -> s.lifetime().idle(),
                        Duration.ZERO,
                        Duration.ofSeconds(9)),
                server(named("one-off"), "-1", s -> s.lifetime().oneTest(), false, true));
    }

    private static KeepAlive keepAlive(int idleSeconds, int intervalSeconds, int count) {
        return new KeepAlive(Duration.ofSeconds(idleSeconds), Duration.ofSeconds(intervalSeconds), count);
    }
}
