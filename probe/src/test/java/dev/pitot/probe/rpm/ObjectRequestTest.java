package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectRequestTest {
    private static final URI HTTPS = URI.create("https://host:1/small?x=1");

    private static void http1(String response) throws IOException {
        run(new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1)), false);
    }

    private static void http2(String hex) throws IOException {
        run(new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", ""))), true);
    }

    private static void run(InputStream in, boolean isHttp2) throws IOException {
        new ObjectRequest(HTTPS).run(in, OutputStream.nullOutputStream(), isHttp2);
    }

    @Test
    void theRequestIsThatOfTheStandard() throws IOException {
        var http1 = new ByteArrayOutputStream();
        new ObjectRequest(HTTPS)
                .run(
                        new ByteArrayInputStream("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                        http1,
                        false);
        assertThat(http1.toString(StandardCharsets.US_ASCII)).isEqualTo("""
                GET /small?x=1 HTTP/1.1\r
                Host: host:1\r
                Accept-Encoding: identity\r
                User-Agent: pitot\r
                Connection: close\r
                \r
                """);

        var http2 = new ByteArrayOutputStream();
        new ObjectRequest(HTTPS)
                .run(new ByteArrayInputStream(HexFormat.of().parseHex("000001010500000001" + "88")), http2, true);
        assertThat(http2.toString(StandardCharsets.ISO_8859_1))
                .startsWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                .endsWith("\u0082\u0087\u0004\n/small?x=1\u0001\u0006host:1\u000f\u0001\bidentity\u000f+\u0005pitot");
    }

    @ParameterizedTest
    @CsvSource({
        "000001 01 04 00000001 88 000001 00 01 00000001 78", // HEADERS, DATA
        "000000 04 00 00000000 000001 01 05 00000001 88", // SETTINGS, HEADERS with END_STREAM
        "000002 01 05 00000001 2088", // after an update of the table's size
        "000008 01 2d 00000001 01 00000000 10 88 00", // padded, with priority
    })
    void aResponseEndsWithItsStream(String frames) {
        assertThatCode(() -> http2(frames)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    000001 01 05 00000001 8d                | status 404
                    000001 01 05 00000001 48                | not of status 200
                    000000 01 05 00000001                   | not of status 200
                    000004 03 00 00000001 00000007          | refused
                    000008 07 00 00000000 00000000 00000001 | refused
                    010001 00 00 00000003 00                | longer than 65536
                    ffffff 00 00 00000001 00                | longer than 65536
                    000005 00 00 00000001 00                | closed the connection
                    """)
    void whatIsNotTheSmallObjectIsRefused(String frames, String part) {
        assertThatThrownBy(() -> http2(frames)).isInstanceOf(IOException.class).hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP/1.1 200 OK~Content-Length: 1~~x |
                    HTTP/1.0 200~~anything               |
                    HTTP/1.1 503 no~~                    | status 503
                    SSH-2.0-x~~                          | does not answer in HTTP
                    HTTP/1.1 200 OK~Content-Length: 99999~~  | longer than 65536
                    HTTP/1.1 200 OK~Content-Length: x~~  | not a number
                    HTTP/1.1 200 OK~Content-Length: 2~~x | before its answer ended
                    HTTP/1.1 200 OK                      | closed the connection
                    """)
    void http11IsReadToItsEnd(String response, String part) {
        String text = response.replace("~", "\r\n");
        if (part == null) {
            assertThatCode(() -> http1(text)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> http1(text))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(part);
        }
    }

    @Test
    void headersWithoutAnEndAreCut() {
        assertThatThrownBy(() -> http1("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(20_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 65536");
    }
}
