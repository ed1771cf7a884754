package dev.pitot.probe.rpm;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One GET of the small object on a new connection, in HTTP/2 (RFC 9113) or HTTP/1.1 (RFC 9112). No client of the
/// JDK says how long its handshakes took, so foreign probes use sockets, and so little HTTP is enough for them:
/// all that is read of a response is its status and where it ends. Used by one thread.
final class ObjectRequest {
    /// Longest response that is read, headers included; a real one has less than 1 KiB.
    static final int MAX_BYTES = 1 << 16;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /// SETTINGS: no dynamic table (so that the first octet of a response's headers is its status), no push.
    private static final byte[] SETTINGS = {0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0};

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 0x1;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;
    private static final int STATUS_200 = 0x88; // RFC 7541, appendix A: index 8
    private static final int LAST_STATUS = 0x8e; // :status 500
    private static final int TABLE_SIZE_UPDATE = 0x20; // RFC 7541, 6.3: 001xxxxx
    private static final int[] INDEXED_STATUS = {200, 204, 206, 304, 400, 404, 500};
    private static final int STREAM = 1;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

    private final URI url;
    private int left = MAX_BYTES;

    ObjectRequest(URI url) {
        this.url = url;
    }

    /// Sends the request and reads the whole response.
    ///
    /// @throws IOException with a sentence's end, if it is not a response of status 200
    void run(InputStream in, OutputStream out, boolean isHttp2) throws IOException {
        if (isHttp2) {
            out.write(http2Request());
            out.flush();
            readFrames(new DataInputStream(in));
        } else {
            out.write(http1Request().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            readHttp1(in);
        }
    }

    private String path() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private String http1Request() {
        return "GET " + path() + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                + "\r\nAccept-Encoding: identity\r\nUser-Agent: pitot\r\nConnection: close\r\n\r\n";
    }

    private byte[] http2Request() throws IOException {
        var headers = new ByteArrayOutputStream();
        headers.write(0x82); // :method GET
        headers.write(RpmUrls.isSecure(url) ? 0x87 : 0x86); // :scheme
        field(headers, 4, path());
        field(headers, 1, url.getRawAuthority());
        field(headers, 16, "identity"); // accept-encoding
        field(headers, 58, "pitot"); // user-agent
        var request = new ByteArrayOutputStream();
        request.write(PREFACE.getBytes(StandardCharsets.ISO_8859_1));
        request.write(SETTINGS);
        int length = headers.size();
        request.write(new byte[] {
            (byte) (length >> 16), (byte) (length >> 8), (byte) length, HEADERS, 0x5, 0, 0, 0, STREAM // END_*
        });
        headers.writeTo(request);
        return request.toByteArray();
    }

    /// Writes a literal field whose name is in the static table (RFC 7541, 6.2.2).
    private static void field(ByteArrayOutputStream to, int name, String value) throws IOException {
        integer(to, name, 4);
        byte[] octets = value.getBytes(StandardCharsets.ISO_8859_1);
        integer(to, octets.length, 7);
        to.write(octets);
    }

    /// Writes an integer (RFC 7541, 5.1) whose first octet has zeros before it.
    private static void integer(ByteArrayOutputStream to, int value, int bits) {
        int most = (1 << bits) - 1;
        if (value < most) {
            to.write(value);
            return;
        }
        to.write(most);
        int rest = value - most;
        for (; rest >= 0x80; rest >>= 7) {
            to.write((rest & 0x7f) | 0x80);
        }
        to.write(rest);
    }

    private void readFrames(DataInputStream in) throws IOException {
        while (true) {
            int word = in.readInt();
            int length = word >>> 8;
            int type = word & 0xff;
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & Integer.MAX_VALUE;
            spend(9L + length);
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new IOException("the server closed the connection before its answer");
            }
            if (type == GOAWAY || (type == RST_STREAM && stream == STREAM)) {
                throw new IOException("the server refused the request");
            }
            if (type == HEADERS && stream == STREAM) {
                checkStatus(payload, flags);
            }
            if ((type == HEADERS || type == DATA) && stream == STREAM && (flags & END_STREAM) != 0) {
                return;
            }
        }
    }

    private static void checkStatus(byte[] payload, int flags) throws IOException {
        int at = ((flags & PADDED) == 0 ? 0 : 1) + ((flags & PRIORITY) == 0 ? 0 : 5);
        while (at < payload.length && (payload[at] & 0xe0) == TABLE_SIZE_UPDATE) {
            at++;
        }
        int first = at < payload.length ? payload[at] & 0xff : 0;
        if (first >= STATUS_200 && first <= LAST_STATUS) {
            checkStatus(INDEXED_STATUS[first - STATUS_200]);
        } else {
            throw new IOException("the server's answer is not of status 200");
        }
    }

    private static void checkStatus(int status) throws IOException {
        if (status != 200) {
            throw new IOException("the server's answer is of status " + status + " instead of 200");
        }
    }

    private void readHttp1(InputStream in) throws IOException {
        Matcher status = STATUS_LINE.matcher(line(in));
        if (!status.matches()) {
            throw new IOException("the server does not answer in HTTP");
        }
        checkStatus(Integer.parseInt(status.group(1)));
        long length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = length(line);
            }
        }
        if (length >= 0) {
            spend(length);
            if (in.readNBytes((int) length).length < length) {
                throw new IOException("the server closed the connection before its answer ended");
            }
            return;
        }
        while (in.read() >= 0) { // until the server closes, as it was asked to
            spend(1);
        }
    }

    private long length(String header) throws IOException {
        try {
            return Math.max(
                    0, Long.parseLong(header.substring(header.indexOf(':') + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IOException("the server's Content-Length is not a number", e);
        }
    }

    private String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the server closed the connection before its answer");
            }
            spend(1);
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    private void spend(long bytes) throws IOException {
        if (bytes > left) {
            throw new IOException("the small object's response is longer than " + MAX_BYTES
                    + " bytes: an object of 1 byte is needed");
        }
        left -= (int) bytes;
    }
}
