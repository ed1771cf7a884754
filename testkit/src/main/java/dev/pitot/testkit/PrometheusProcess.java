package dev.pitot.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real Prometheus installed on this machine, started for one test: its files are in the test's
/// folder, and it is killed on close. Tests that use it are annotated with [Needs].
public final class PrometheusProcess implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS = 300;
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[^,]*,\"([^\"]*)\"]");

    private final ChildProcess process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusProcess(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it on a free port, without waiting until it is ready.
    ///
    /// @param folder for its files
    /// @param config its configuration file (YAML)
    public static PrometheusProcess start(Path folder, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        int port = FreePort.find();
        ChildProcess process = ChildProcess.start(List.of(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.size=64MB",
                "--web.listen-address=127.0.0.1:" + port));
        return new PrometheusProcess(process, port);
    }

    /// Waits until a query returns any series, and returns their values.
    ///
    /// @throws AssertionError with its output, if there are none within 30 s
    public List<String> awaitValues(String query) throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS && !process.hasEndedWithin(LOOK_EVERY); look++) {
            List<String> values = values(query);
            if (!values.isEmpty()) {
                return values;
            }
        }
        throw new AssertionError("nothing for " + query + ": " + process);
    }

    /// Returns the values of all series of a query.
    public List<String> values(String query) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded);
        try {
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            Matcher values = VALUE.matcher(response.body());
            return values.results().map(value -> value.group(1)).toList();
        } catch (ConnectException _) { // not up yet
            return List.of();
        }
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
