package dev.pitot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.testkit.PushReceiver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Metrics targets that cannot be opened or written.
@Tag("slow")
class FiguresRefusedTest {
    private static final String LOST = "iperf3: error - cannot write the metrics file /dev/full:"
            + " No space left on device; it is complete up to this point, nothing more is written\n";

    private static final int PIPE_BYTES = 65_536; // pipe(7): capacity

    @TempDir
    private Path folder;

    /// Returns the output of a client that must fail before it connects to a server.
    private static Launch refused(String options) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String line = "-c 127.0.0.1 -p " + server.getLocalPort() + " " + options;

            Launch client = Launch.of(line.split(" ", -1));

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.out()).isEmpty();
            server.setSoTimeout(1);
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            return client;
        }
    }

    @Test
    void aFileThatCannotBeOpenedEndsTheRunBeforeTheTest() throws IOException {
        Path file = folder.resolve("no/file");
        String sentence = "iperf3: error - cannot open the metrics file " + file
                + ": No such file or directory; give a path in an existing, writable directory\n";

        for (String format : new String[] {"jsonl", "csv", "influx", "prometheus"}) {
            assertThat(refused("--metrics.file " + file + " --metrics.format " + format)
                            .err())
                    .isEqualTo(sentence);
        }
        Launch server = Launch.of("-s", "-p", Launch.freePort(), "--metrics.file", file.toString());
        assertThat(server).isEqualTo(new Launch(1, "", sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            --metrics.format prometheus --metrics.label role=x | the label 'role' is one of the metrics' own: give yours another name, such as 'my_role'
            --metrics.format prometheus --metrics.label 1a=x | the label name '1a' must consist of letters, digits and underscores, and not begin with a digit
            --metrics.format prometheus --metrics.label a= | the value of the label 'a' must not be empty
            --metrics.format influx --metrics.label a-b=x | the label name 'a-b' must consist of letters, digits and underscores, and not begin with a digit
            --metrics.format prometheus --metrics.names iperf3-rs --metrics.prefix a-b | the metric prefix 'a-b' must consist of letters, digits and underscores, and not begin with a digit
            --push.url ftp://gw | the address of the Pushgateway must look like http://HOST:PORT
            --push.url http://me:secret@gw | the address of the Pushgateway must not contain a user name or password; use --push.user and --push.password-file
            --push.url gw:9091 --push.label job=x | a Pushgateway's label cannot be named 'job'; set the job instead
            --push.url gw:9091 --push.label 1a=x | the label name '1a' must consist of letters, digits and underscores, and not begin with a digit
            --push.url gw:9091 --push.label role=x | the label 'role' is one of the metrics' own: give yours another name, such as 'my_role'
            --push.url gw:9091 --metrics.names iperf3-rs --metrics.prefix 1 | the metric prefix '1' must consist of letters, digits and underscores, and not begin with a digit
            """)
    void aWrongValueIsRefusedInOneSentenceAndSparesTheFile(String options, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "of an earlier test\n");

        Launch client = refused("--metrics.file " + file + " " + options);

        assertThat(client.err()).isEqualTo("iperf3: parameter error - " + sentence + "\n");
        assertThat(file).hasContent("of an earlier test\n");
    }

    @Test
    void authoritiesMustBeThereAndBeCertificates() throws IOException {
        Path missing = folder.resolve("missing.pem");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");

        assertThat(refused("--push.url https://gw --push.ca " + missing).err())
                .isEqualTo("iperf3: error - cannot read " + missing + " (--push.ca): No such file or directory\n");
        assertThat(refused("--push.url https://gw --push.ca " + empty).err())
                .isEqualTo("iperf3: parameter error - the authority certificate for the Pushgateway must be PEM text"
                        + " with -----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void aPortInUseIsNamedAndNothingElseIsTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("kept"), "of an earlier test\n");
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PushReceiver gateway = PushReceiver.start()) {
            String address = "127.0.0.1:" + other.getLocalPort();

            Launch client = refused("--metrics.listen " + address + " --metrics.file " + file + " --push.url "
                    + gateway.address() + " --push.delete-on-exit");

            assertThat(client.err())
                    .isEqualTo("iperf3: error - cannot serve metrics at " + address + ": Address already in use\n");
            assertThat(file).hasContent("of an earlier test\n");
            assertThat(gateway.taken())
                    .as("nothing was pushed, so nothing is deleted")
                    .isEmpty();
        }
    }

    @Test
    void anAddressThatIsNotThereIsNamed() throws IOException {
        assertThat(refused("--metrics.listen no.such.host.invalid:9100").err())
                .isEqualTo("iperf3: error - cannot serve metrics at no.such.host.invalid: no such address\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskCostsTheFileAndTheExitCodeButNotTheTest() {
        String port = Launch.freePort();
        try (Launch.Running server = ShortTest.server(port, "-i", "0.1", "--metrics.file", "/dev/full")) {
            Launch client = ShortTest.client(port, "-i", "0.1", "--metrics.file", "/dev/full");
            server.awaitOutput("(test #2)");
            ShortTest.client(port);
            server.awaitOutput("(test #3)");
            server.signal("Terminated(15)");
            Launch served = server.join();

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.err()).isEqualTo(LOST);
            assertThat(client.out()).contains("receiver\n").endsWith("\niperf Done.\n");
            assertThat(served.exitCode()).isEqualTo(1);
            assertThat(served.err()).startsWith(LOST).hasLineCount(2);
            assertThat(served.out()).contains("receiver\n");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPipeThatNobodyEmptiesDelaysTheEndAWhileAndIsTold() throws Exception {
        Path pipe = folder.resolve("pipe");
        String port = Launch.freePort();
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (var full = new RandomAccessFile(pipe.toFile(), "rw");
                Launch.Running server = ShortTest.server(port)) {
            full.write(new byte[PIPE_BYTES - 100]); // no room for another line

            Launch client = ShortTest.client(port, "--metrics.file", pipe.toString());

            assertThat(client.exitCode()).isEqualTo(1);
            assertThat(client.err())
                    .isEqualTo(
                            "iperf3: error - a target of live metrics does not respond: the metrics are incomplete\n");
            assertThat(client.out()).endsWith("\niperf Done.\n");
            server.signal("Terminated(15)");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsNoFileIsNotReplacedByOne() throws IOException {
        Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));

        Launch client = refused("--metrics.file " + device + " --metrics.format prometheus");

        assertThat(client.err())
                .isEqualTo("iperf3: error - cannot open the metrics file " + device
                        + ": not a regular file; give a path in an existing, writable directory\n");
        assertThat(device).isSymbolicLink();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(device);
        }
    }
}
