package dev.pitot.cli.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.cli.address.HostPort;
import dev.pitot.message.ProtocolOptions;
import dev.pitot.message.ProtocolOptions.ProtocolMode;
import dev.pitot.message.ServerLimits;
import dev.pitot.message.channel.Channel;
import dev.pitot.message.probe.FloodPlan;
import dev.pitot.message.probe.PingPlan;
import dev.pitot.message.probe.ProbeLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageArgumentsTest {
    private static MessageRequest read(String line) {
        try {
            return MessageArguments.read(List.of(line.split(" ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProtocolOptions speaking(ProtocolMode mode) {
        return ProtocolOptions.DEFAULT.with(mode);
    }

    @Test
    void withoutOptionsAPingIsTheUsualOne() {
        assertThat(read("ping host"))
                .isEqualTo(new MessageRequest.Pings(
                        new HostPort("host", 5205), PingPlan.DEFAULT, speaking(ProtocolMode.AUTO), false));
    }

    @Test
    void theFirstNameOfTheAutomaticProtocolIsStillTaken() {
        assertThat(read("ping host --protocol both"))
                .isEqualTo(read("ping host --protocol auto"))
                .isEqualTo(read("ping host"));
    }

    @Test
    void everyOptionOfAPingIsTaken() {
        assertThat(read("ping [::1]:7 -n 5 -r 4 -s 100 --channel ordered --protocol extended --spin --json"))
                .isEqualTo(new MessageRequest.Pings(
                        new HostPort("::1", 7),
                        new PingPlan(
                                Channel.RELIABLE_ORDERED, 100, Duration.ofMillis(250), new ProbeLimit.Count(5), true),
                        speaking(ProtocolMode.EXTENDED),
                        true));
        assertThat(read("ping host -t 1.5 -i 0.002"))
                .isEqualTo(new MessageRequest.Pings(
                        new HostPort("host", 5205),
                        new PingPlan(
                                Channel.UNRELIABLE,
                                64,
                                Duration.ofMillis(2),
                                new ProbeLimit.Time(Duration.ofMillis(1500)),
                                false),
                        speaking(ProtocolMode.AUTO),
                        false));
    }

    @Test
    void aFloodIsAsFastAsItGoesUnlessTold() {
        assertThat(read("flood host"))
                .isEqualTo(new MessageRequest.Floods(
                        new HostPort("host", 5205), FloodPlan.DEFAULT, speaking(ProtocolMode.AUTO), false));
        assertThat(read("flood host:6 -t 2 -r 1000 -s 16 --channel unreliable --protocol legume --json"))
                .isEqualTo(new MessageRequest.Floods(
                        new HostPort("host", 6),
                        new FloodPlan(Channel.UNRELIABLE, 16, Duration.ofSeconds(2), Duration.ofMillis(1)),
                        speaking(ProtocolMode.LEGUME),
                        true));
    }

    @Test
    void aServerServesEverywhereUnlessTold() {
        assertThat(read("serve"))
                .isEqualTo(new MessageRequest.Serve(
                        new HostPort("", 5205), speaking(ProtocolMode.AUTO), ServerLimits.DEFAULT_MEMORY_BYTES, false));
        assertThat(read("serve --listen [::1]:0 --protocol legume --memory 1.5 --json"))
                .isEqualTo(
                        new MessageRequest.Serve(new HostPort("::1", 0), speaking(ProtocolMode.LEGUME), 3 << 19, true));
    }

    @Test
    void anAddressWithColonsNeedsNoBracketsWithoutAPort() {
        assertThat(HostPort.server("fe80::1", 5205)).isEqualTo(new HostPort("fe80::1", 5205));
        assertThat(HostPort.server("[fe80::1]", 5205)).isEqualTo(new HostPort("fe80::1", 5205));
        assertThat(HostPort.server("[fe80::1]:80", 5205)).hasToString("[fe80::1]:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "ping --help", "flood -h", "serve --help"})
    void helpNamesTheCommand(String line) {
        assertThat(read(line))
                .isInstanceOfSatisfying(
                        MessageRequest.Help.class,
                        help -> assertThat(help.text()).startsWith("Usage: pitot message"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ping host -n 0            | invalid value '0' for -n: a number of 1 to 2147483647 is needed
            ping host -n 1.5          | invalid value '1.5' for -n: a whole number is needed
            ping host -n x            | invalid value 'x' for -n: a number of 1 to 2147483647 is needed
            ping host -n 1e9          | invalid value '1e9' for -n: a number of 1 to 2147483647 is needed
            ping host -n 5 -t 1       | -n and -t exclude each other: give one of them
            ping host -i 1 -r 1       | -i and -r exclude each other: give one of them
            ping host -i 0            | invalid value '0' for -i: a time of 0.000001 to 3600 seconds, like 10, 500ms or 1.5m, is needed
            ping host -t 1e3          | invalid value '1e3' for -t: a time of 0.001 to 31622400 seconds, like 10, 500ms or 1.5m, is needed
            flood host -t 9000h       | invalid value '9000h' for -t: a time of 0.001 to 31622400 seconds, like 10, 500ms or 1.5m, is needed
            flood host -t 5124096h    | invalid value '5124096h' for -t: a time of 0.001 to 31622400 seconds, like 10, 500ms or 1.5m, is needed
            flood host -t 1 s         | one argument too many: 's'
            ping host -s 15           | invalid value '15' for -s: a number of 16 to 65535 is needed
            ping host -r -1           | invalid value '-1' for -r: a number of 0.001 to 100000000 is needed
            ping host --channel fast  | invalid value 'fast' for --channel: unreliable, sequenced, reliable or ordered is needed
            ping host --protocol quic | invalid value 'quic' for --protocol: auto, legume or extended is needed
            ping host:0               | invalid server 'host:0': HOST, HOST:PORT or [ADDR]:PORT, with a port of 1 to 65535, is needed
            serve --listen 5205       | invalid value '5205' for --listen: ADDR:PORT, like 127.0.0.1:5205, [::1]:5205 or :5205, is needed
            serve --tls-key k         | --tls-certificate and --tls-key belong together: give both
            serve --tls-pin 00        | a server with DTLS needs --tls-certificate and --tls-key
            ping host --tls-pin 0 --tls-authority a | --tls-pin and --tls-authority exclude each other: give one of them
            ping host --tls-certificate c --tls-key k | --tls-pin or --tls-authority is needed, or the server could be anybody
            ping host --tls-pin 00    | a fingerprint is 64 hexadecimal digits, the SHA-256 of a public key, not 00
            serve --memory 0.5        | invalid value '0.5' for --memory: a number of 1 to 1048576 is needed
            ping                      | the server is missing: HOST, HOST:PORT or [ADDR]:PORT is needed
            flood host --spin         | unknown option '--spin'
            ping host --chanel x      | unknown option '--chanel'
            ping host other           | one argument too many: 'other'
            pong host                 | unknown command 'pong': serve, ping or flood is needed
            ping host -n              | -n needs a value
            ping host -n 5 -n 6       | -n is given twice: give it once
            ping host --channel sequenced --protocol legume | legume's protocol has no sequenced channel: choose another --channel or --protocol
            """)
    void whatCannotBeDoneIsSaid(String line, String complaint) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }

    @ParameterizedTest
    @CsvSource({"1s, 1000", "1, 1000", "500ms, 500", "1.5m, 90000", ".5, 500", "2h, 7200000", "2., 2000"})
    void timesHaveUnits(String text, long millis) {
        assertThat(read("flood host -t " + text))
                .isEqualTo(new MessageRequest.Floods(
                        new HostPort("host", 5205),
                        new FloodPlan(
                                FloodPlan.DEFAULT.channel(),
                                FloodPlan.DEFAULT.bytes(),
                                Duration.ofMillis(millis),
                                null),
                        speaking(ProtocolMode.AUTO),
                        false));
    }

    @Test
    void aFileThatCannotBeUsedIsNamedAndNotAMatterOfOptions(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
        Path bytes = Files.write(folder.resolve("bytes.der"), new byte[] {'0', (byte) 0x82, (byte) 0xFF});
        Path large = Files.write(folder.resolve("large.pem"), new byte[(1 << 20) + 1]);
        String missing = "the PEM text has no certificate; it should have a part BEGIN CERTIFICATE";

        assertUnusable(
                "ping host --tls-authority /nowhere/ca.pem", "cannot read /nowhere/ca.pem: No such file or directory");
        assertUnusable("ping host --tls-authority " + text, "cannot use " + text + ": " + missing);
        assertUnusable("ping host --tls-authority " + bytes, "cannot use " + bytes + ": " + missing);
        assertUnusable("ping host --tls-authority " + large, "cannot read " + large + ": it is larger than 1 MiB");
        assertUnusable(
                "serve --tls-certificate " + text + " --tls-key " + bytes,
                "cannot use " + text + " with the key " + bytes + ": " + missing);
    }

    private static void assertUnusable(String line, String complaint) {
        assertThatThrownBy(() -> MessageArguments.read(List.of(line.split(" "))))
                .isInstanceOf(IOException.class)
                .hasMessage(complaint);
    }

    @Test
    void withoutACommandOneIsAskedFor() {
        assertThatThrownBy(() -> MessageArguments.read(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("serve, ping or flood is needed");
    }
}
