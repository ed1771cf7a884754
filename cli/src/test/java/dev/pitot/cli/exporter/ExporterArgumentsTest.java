package dev.pitot.cli.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.cli.address.HostPort;
import dev.pitot.engine.ClientBuilder;
import dev.pitot.metrics.http.ProbeTarget;
import dev.pitot.model.config.ClientConfig;
import dev.pitot.model.config.Direction;
import dev.pitot.model.config.Limit;
import dev.pitot.model.config.Protocol;
import dev.pitot.model.unit.Bitrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterArgumentsTest {
    @TempDir
    Path folder;

    private static ExporterOptions options(String... args) {
        return ExporterArguments.read(List.of(args)).options();
    }

    private static ClientConfig profile(ExporterOptions options, String name) {
        ClientBuilder client = options.profiles().get(name);
        return Objects.requireNonNull(client, name).config();
    }

    @Test
    void withoutArgumentsItServesThisMachineWithFiveSeconds() {
        ExporterOptions options = options();

        assertThat(options.listen()).isEqualTo(new HostPort("127.0.0.1", 9579));
        assertThat(options.longest()).isEqualTo(Duration.ofMinutes(2));
        assertThat(options.profiles()).containsOnlyKeys("default");
        assertThat(profile(options, "default").test().limit()).isEqualTo(new Limit.ForDuration(Duration.ofSeconds(5)));
        assertThat(options.allowed()).isEmpty();
        assertThat(options.atOnce()).isEqualTo(1);
    }

    @Test
    void whoNamesTheTargetsServesEverybody() {
        assertThat(options("--allow", "lab").listen()).isEqualTo(new HostPort("", 9579));
    }

    @ParameterizedTest
    @CsvSource({"45, 45", "45s, 45", "3m, 180", "24h, 86400"})
    void aProbesLongestTimeIsReadInEveryUnit(String text, long seconds) {
        assertThat(options("--longest", text).longest()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void everyOptionIsRead() {
        ExporterOptions options = options(
                "--listen",
                "[::1]:80",
                "--profile=udp=-u -b 10M -t 2",
                "--profile",
                "down=-R -t 3 -T 'a title'",
                "--allow=Lab.example",
                "--allow",
                "[2001:DB8::1]:5300",
                "--at-once",
                "4");

        assertThat(options.listen()).isEqualTo(new HostPort("::1", 80)).hasToString("[::1]:80");
        assertThat(options.profiles()).containsOnlyKeys("udp", "down");
        assertThat(profile(options, "udp").test().protocol()).isEqualTo(Protocol.UDP);
        assertThat(profile(options, "udp").test().streams().pacing().target()).isEqualTo(new Bitrate(10_000_000));
        assertThat(profile(options, "down").test().direction()).isEqualTo(Direction.REVERSE);
        assertThat(options.allowed())
                .containsExactlyInAnyOrder(new ProbeTarget("lab.example", 5201), new ProbeTarget("2001:db8::1", 5300));
        assertThat(options.atOnce()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --no-such             | unknown option '--no-such'
            --listen              | --listen needs a value
            --listen=9579         | invalid value '9579' for --listen: ADDR:PORT, like 127.0.0.1:9579, [::1]:9579 or :9579, is needed
            --listen=::1:9579     | invalid value '::1:9579' for --listen: ADDR:PORT, like 127.0.0.1:9579, [::1]:9579 or :9579, is needed
            --listen=:65536       | invalid value ':65536' for --listen: ADDR:PORT, like 127.0.0.1:9579, [::1]:9579 or :9579, is needed
            --at-once=0           | invalid value '0' for --at-once: 1 to 32 is needed
            --at-once=33          | invalid value '33' for --at-once: 1 to 32 is needed
            --longest=0           | invalid value '0' for --longest: a time like 30s or 2m is needed, 1 s to a day
            --longest=25h         | invalid value '25h' for --longest: a time like 30s or 2m is needed, 1 s to a day
            --longest=soon        | invalid value 'soon' for --longest: a time like 30s or 2m is needed, 1 s to a day
            --profile=x=-J        | profile x: -J, --json-stream, -V, -d, -f, --timestamps, --logfile, -I, --push.* and --metrics.* control the command's output: a probe returns metrics only
            --at-once=x           | invalid value 'x' for --at-once: 1 to 32 is needed
            --allow=a/b           | invalid value 'a/b' for --allow: target is not a host name or address
            stray                 | one argument too many: 'stray'
            @file                 | one argument too many: '@file'
            --profile=a b=-t 1    | invalid value 'a b' for --profile: NAME='ARGUMENTS', with letters, digits, '.', '_' and '-' in the name, is needed
            --profile=x=-l 8 -u   | profile x: parameter error - block size invalid (minimum = 16 bytes, maximum = 65507 bytes)
            --profile=x=--no-such | profile x: unrecognized option '--no-such'
            --profile=x=-s        | profile x: parameter error - cannot be both server and client
            --profile=x=-c host   | profile x: -c and -p are not allowed in a profile: the probe's target has host and port
            --profile=x=-p 1      | profile x: -c and -p are not allowed in a profile: the probe's target has host and port
            --profile=x=-t 0      | profile x: -t 0 never ends: a probe's test must end before the scrape does
            --profile=x='-t 1     | profile x: a quote (') is not closed
            """, quoteCharacter = '`')
    void whatCannotBeDoneIsRefusedWithASentence(String argument, String sentence) {
        assertThatThrownBy(() -> options(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void aProfileIsGivenOnce() {
        assertThatThrownBy(() -> options("--profile=a=-t 1", "--profile=a=-t 2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("profile a is given twice");
    }

    @Test
    void aPasswordIsReadAtTheStartAndNeverShown() throws Exception {
        String login = "--username mario --rsa-public-key-path '" + keyFile() + "' --password-file '"
                + Files.writeString(folder.resolve("password"), "rossi\n") + "'";

        ExporterOptions options = options("--profile=lab=-t 1 " + login);
        Files.delete(folder.resolve("password"));

        assertThat(Objects.requireNonNull(profile(options, "lab").credentials()).user())
                .isEqualTo("mario");
        assertThat(options.toString()).doesNotContain("rossi");
        assertThatThrownBy(() -> options("--profile=lab=-t 1 " + login))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("profile lab: ")
                .hasMessageContaining(folder.resolve("password").toString())
                .hasMessageNotContaining("\n");
    }

    private Path keyFile() throws IOException, NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        return Files.writeString(
                folder.resolve("public.pem"), "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void helpTellsOfEveryOption() {
        assertThat(ExporterArguments.read(List.of("--help")).isHelp()).isTrue();
        assertThat(ExporterArguments.read(List.of("--help")).help())
                .startsWith("Usage: pitot exporter ")
                .contains(
                        "--listen=ADDR:PORT",
                        "--profile=NAME='ARGUMENTS'",
                        "--allow=HOST[:PORT]",
                        "--at-once=N",
                        "--longest=TIME");
    }
}
