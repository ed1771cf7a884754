package dev.pitot.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.probe.rpm.RpmOptions;
import dev.pitot.probe.rpm.RpmTarget;
import dev.pitot.probe.rpm.RpmUrls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmArgumentsTest {
    private static RpmRequest.Run run(String line) throws IOException {
        return (RpmRequest.Run) RpmArguments.read(List.of(line.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, https://h/.well-known/nq",
        "https://h/, https://h/.well-known/nq",
        "https://h:4043/config?x=1, https://h:4043/config?x=1",
        "http://[::1]:80, http://[::1]:80/.well-known/nq",
    })
    void aUrlWithoutAPathIsThatOfTheWellKnownConfiguration(String url, String config) throws IOException {
        RpmRequest.Run run = run(url);

        assertThat(run.target()).isEqualTo(new RpmTarget.Config(URI.create(config)));
        assertThat(run.options()).isEqualTo(RpmOptions.DEFAULT);
        assertThat(run.asJson()).isFalse();
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        RpmRequest.Run run = run("--large https://h/l --small https://h/s --upload https://h/u --both --interval 500ms"
                + " --time-limit 1m --connections 4 -k --json");

        assertThat(run.target())
                .isEqualTo(new RpmTarget.Urls(
                        new RpmUrls(URI.create("https://h/l"), URI.create("https://h/s"), URI.create("https://h/u"))));
        assertThat(run.options())
                .isEqualTo(RpmOptions.DEFAULT
                        .withBoth(true)
                        .withInterval(Duration.ofMillis(500))
                        .withLimit(Duration.ofMinutes(1))
                        .withLoad(new RpmOptions.LoadPlan(1, 1, 4)));
        assertThat(run.asJson()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --json                            | the server is missing: the URL of its configuration, or --large, --small and --upload, is needed
                    --large https://h/l               | the server is missing: the URL of its configuration, or --large, --small and --upload, is needed
                    https://h --small https://h/s     | the URL of a configuration and --large, --small and --upload exclude each other: give one of them
                    host                              | invalid URL 'host': it must begin with https:// or http://
                    ftp://h                           | invalid URL 'ftp://h': it must begin with https:// or http://
                    https://h/%zz                     | invalid URL 'https://h/%zz': https://HOST[:PORT][/PATH] is needed
                    https://h --interval 99ms         | invalid value '99ms' for --interval: 100 ms to 60 s is needed
                    https://h --interval x            | invalid value 'x' for --interval: 100 ms to 60 s is needed
                    https://h --time-limit 0.5        | invalid value '0.5' for --time-limit: 1 s to 3600 s is needed
                    https://h --connections 65        | invalid value '65' for --connections: 1 to 64 is needed
                    https://h --connections 0         | invalid value '0' for --connections: 1 to 64 is needed
                    https://h -k --cacert x           | --insecure and --cacert exclude each other: give one of them
                    https://h https://i               | one argument too many: 'https://i'
                    https://h --no-such               | unknown option '--no-such'
                    """)
    void whatCannotBeDoneIsRefusedInASentence(String line, String sentence) {
        assertThatThrownBy(() -> run(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void aFileWithoutCertificatesIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.pem"), "nothing");

        assertThatThrownBy(() -> run("https://h --cacert " + file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid file '" + file + "' for --cacert: ");
        assertThatThrownBy(() -> run("https://h --cacert " + folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + folder.resolve("none") + ": No such file or directory");
    }
}
