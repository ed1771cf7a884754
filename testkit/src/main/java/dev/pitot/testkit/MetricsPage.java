package dev.pitot.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// What a program on this machine shows to Prometheus at `/metrics`, as it was at one moment.
///
/// @param lines of Prometheus' text
public record MetricsPage(List<String> lines) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// A copy of the lines.
    public MetricsPage {
        lines = List.copyOf(lines);
    }

    /// Reads the page once; it has no lines if nobody listens.
    ///
    /// @param port on 127.0.0.1
    /// @throws IOException if somebody else is there
    public static MetricsPage read(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(TIMEOUT)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new MetricsPage(response.body().lines().toList());
        } catch (ConnectException _) { // not up yet, or gone
            return new MetricsPage(List.of());
        }
    }

    /// Reads it until it shows what is wanted.
    ///
    /// @throws AssertionError with the last one, if [ChildProcess#PATIENCE] passes without
    public static MetricsPage await(int port, Predicate<MetricsPage> wanted) throws IOException, InterruptedException {
        MetricsPage page = read(port);
        for (long looks = ChildProcess.PATIENCE.dividedBy(LOOK_EVERY); !wanted.test(page); looks--) {
            if (looks == 0) {
                throw new AssertionError("never as wanted, at last:\n" + String.join("\n", page.lines));
            }
            Thread.sleep(LOOK_EVERY);
            page = read(port);
        }
        return page;
    }

    /// Whether it shows a series with this value.
    ///
    /// @param line the series, a space and the value, as the program writes it
    public boolean has(String line) {
        return lines.contains(line);
    }

    /// The lines of metrics whose names begin so, without comments.
    public List<String> beginning(String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).toList();
    }
}
