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

/// Snapshot of a program's Prometheus page `/metrics` on this machine.
///
/// @param lines lines of Prometheus text
public record MetricsPage(List<String> lines) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /// Copies the lines.
    public MetricsPage {
        lines = List.copyOf(lines);
    }

    /// Reads the page once; it has no lines if no process listens.
    ///
    /// @param port port on 127.0.0.1
    /// @throws IOException if it is not an HTTP server
    public static MetricsPage read(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(TIMEOUT)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new MetricsPage(response.body().lines().toList());
        } catch (ConnectException _) { // not started yet, or ended
            return new MetricsPage(List.of());
        }
    }

    /// Reads the page until it satisfies a condition.
    ///
    /// @throws AssertionError with the last page, if [ChildProcess#TIMEOUT] expires before that
    public static MetricsPage await(int port, Predicate<MetricsPage> wanted) throws IOException, InterruptedException {
        MetricsPage page = read(port);
        for (long looks = ChildProcess.TIMEOUT.dividedBy(LOOK_EVERY); !wanted.test(page); looks--) {
            if (looks == 0) {
                throw new AssertionError("condition not met, last page:\n" + String.join("\n", page.lines));
            }
            Thread.sleep(LOOK_EVERY);
            page = read(port);
        }
        return page;
    }

    /// True if it contains a series with this value.
    ///
    /// @param line the series, a space and the value, as the program writes it
    public boolean has(String line) {
        return lines.contains(line);
    }

    /// Returns the lines of metrics whose names begin with a prefix, without comments.
    public List<String> beginning(String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).toList();
    }
}
