package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.cli.print.Terminal;
import dev.pitot.cli.run.CommandContext;
import dev.pitot.cli.run.DaemonLauncher;
import dev.pitot.cli.run.HeapGuard;
import dev.pitot.cli.run.VersionInfo;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Common behaviour of Pitot's own commands: help, names, errors.
class OwnCommandsTest {
    private static String[] words(String line) {
        return line.strip().split(" ", -1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    loopback --reverse     | --reverse is not an option of loopback (see NAME loopback --help)
                    loopback -t abc        | invalid value 'abc' for --time: a whole number of seconds is needed (see NAME loopback --help)
                    loopback --no-such     | unrecognized option '--no-such' (see NAME loopback --help)
                    completion csh         | completion is for bash, zsh or fish, not for 'csh' (see NAME completion --help)
                    exporter --at-once 0   | invalid value '0' for --at-once: 1 to 32 is needed (see NAME exporter --help)
                    message serv           | unknown command 'serv': serve, ping or flood is needed (see NAME message --help)
                    message ping           | the server is missing: HOST, HOST:PORT or [ADDR]:PORT is needed (see NAME message ping --help)
                    rpm                    | the server is missing: the URL of its configuration, or --large, --small and --upload, is needed (see NAME rpm --help)
                    lab run --no-such      | unknown option '--no-such' (see NAME lab run --help)
                    """)
    void anErrorBeginsWithTheNameByWhichTheProgramWasCalled(String line, String sentence) {
        Launch pitot = Launch.of(words(line));
        Launch iperf3 = Launch.asIperf3(words(line));

        assertThat(pitot).isEqualTo(new Launch(1, "", "pitot: " + sentence.replace("NAME", "pitot") + "\n"));
        assertThat(iperf3).isEqualTo(new Launch(1, "", "iperf3: " + sentence.replace("NAME", "iperf3") + "\n"));
    }

    @Test
    void whatAClientComplainsOfBeginsAsIperf3sDoes() {
        assertThat(Launch.of("-c", "h", "-t", "abc").err()).startsWith("iperf3: parameter error - ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lopback -t 1        | unknown command 'lopback': did you mean 'loopback'? (see pitot help)
                    mesage ping h -s 64 | unknown command 'mesage': did you mean 'message'? (see pitot help)
                    exprter             | unknown command 'exprter': did you mean 'exporter'? (see pitot help)
                    hlep                | unknown command 'hlep': did you mean 'help'? (see pitot help)
                    help lap            | unknown command 'lap': did you mean 'lab'? (see pitot help)
                    192.0.2.1           | unknown command '192.0.2.1' (see pitot help)
                    """)
    void aMisspeltCommandGetsASuggestion(String line, String sentence) {
        assertThat(Launch.of(words(line))).isEqualTo(new Launch(1, "", "pitot: " + sentence + "\n"));
    }

    @Test
    void iperf3IgnoresAWordThatIsNoOption() {
        assertThat(Launch.asIperf3("lopback").err())
                .startsWith("iperf3: parameter error - must either be a client (-c) or server (-s)\n");
    }

    @Test
    void helpAloneIsThatOfAllOptions() {
        assertThat(Launch.of("help")).isEqualTo(Launch.of("--help"));
        assertThat(Launch.of("help", "help")).isEqualTo(Launch.of("--help"));
        assertThat(Launch.of("help", "--help")).isEqualTo(Launch.of("--help"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loopback",
                "exporter",
                "completion",
                "message",
                "message serve",
                "message ping",
                "message flood",
                "stamp",
                "lab",
                "lab run",
                "lab check",
                "lab sample",
                "lab parse",
                "lab list",
                "rpm"
            })
    void eachCommandHasAHelpWithin80Columns(String command) {
        Launch help = Launch.of(words("help " + command));

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: pitot " + command + " ");
        assertThat(help.out().lines()).hasSizeGreaterThan(3).allMatch(line -> line.length() <= 80);
        assertThat(Launch.of(words(command + " --help"))).isEqualTo(help);
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "help",
                "help loopback",
                "exporter --help",
                "message ping --help",
                "lab --help",
                "lab sample -",
                "completion bash"
            })
    void aFullDiskIsAFailure(String line) throws Exception {
        String name = line.startsWith("--") ? "iperf3" : "pitot";
        try (var full = new FileOutputStream("/dev/full")) {
            assertThat(run(full, line))
                    .isEqualTo(new Launch(1, "", name + ": unable to write output: No space left on device\n"));
        }
    }

    @Test
    void aReaderWhoHasSeenEnoughIsNone() throws Exception {
        var closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(closed, "--help")).isEqualTo(new Launch(0, "", ""));
    }

    private static Launch run(OutputStream out, String line) throws InterruptedException {
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(InputStream.nullInputStream(), out, err, false, Clock.systemUTC());
        var context = new CommandContext(
                VersionInfo.program(),
                "pitot",
                terminal,
                _ -> {},
                new DaemonLauncher(err),
                new HeapGuard(OutputStream.nullOutputStream()));
        var command = new Command(context, new Passwords(Map.<String, String>of()::get, () -> null), _ -> null);
        int code = command.run(List.of(words(line)));
        return new Launch(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    bash | 'message ping --protocol'
                    bash | words='auto legume extended'
                    bash | 'lab run') words='-h --help --output --parallel --plain --resume --failed --only' files=-f
                    bash | words='loopback exporter message stamp rpm lab completion help'
                    zsh  | 'message ping') _arguments -S
                    fish | __fish_seen_subcommand_from lab; and __fish_seen_subcommand_from run' -l output -r -F
                    """)
    void completionKnowsTheOptionsOfEachCommand(String shell, String piece) {
        Launch launch = Launch.of("completion", shell);

        assertThat(launch.exitCode()).isZero();
        assertThat(launch.out()).contains(piece);
    }
}
