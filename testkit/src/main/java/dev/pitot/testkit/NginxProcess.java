package dev.pitot.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The real nginx installed on this machine, killed on close: a server for responsiveness under load. One port has TLS
/// with a self-signed certificate and HTTP/2, one neither. Paths: `/.well-known/nq` (configuration of the port with
/// TLS), `/small` (1 byte), `/large` (64 GiB of zeros that take no space), and `/upload`, which reads for ever. Tests
/// that use it are annotated with [Needs].
public final class NginxProcess implements AutoCloseable {
    private static final long LARGE_BYTES = 64L << 30;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final char[] PASSWORD = "pitot-test".toCharArray();
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/sbin/nginx"));

    private final ServerProcess server;
    private final ServerSocket sink;
    private final Path folder;
    private final int plainPort;

    private NginxProcess(ServerProcess server, ServerSocket sink, Path folder, int plainPort) {
        this.server = server;
        this.sink = sink;
        this.folder = folder;
        this.plainPort = plainPort;
    }

    /// Returns the program; null if it is not installed.
    static @Nullable Path program() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
    }

    /// Starts it on free ports of 127.0.0.1 and waits until it listens.
    ///
    /// @param folder for its files; one nginx has it for itself
    public static NginxProcess start(Path folder) throws IOException, InterruptedException {
        int port = FreePort.find();
        int plainPort = FreePort.find();
        var sink = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> discard(sink));
        writeFiles(folder, port);
        Path file = folder.resolve("nginx.conf");
        Files.writeString(file, configuration(folder, port, plainPort, sink.getLocalPort()));
        ChildProcess process = ChildProcess.start(
                List.of(String.valueOf(program()), "-p", folder.toString(), "-e", "stderr", "-c", file.toString()));
        return new NginxProcess(ServerProcess.awaitListening(process, port), sink, folder, plainPort);
    }

    private static void writeFiles(Path folder, int port) throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("www"));
        Path wellKnown = Files.createDirectories(root.resolve(".well-known"));
        Files.writeString(root.resolve("small"), "x");
        try (var large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            large.setLength(LARGE_BYTES);
        }
        String base = "https://localhost:" + port;
        Files.writeString(wellKnown.resolve("nq"), """
                {"version": 1, "urls": {"large_download_url": "%1$s/large", "small_download_url": "%1$s/small",
                "upload_url": "%1$s/upload"}, "test_endpoint": "%1$s"}
                """.formatted(base));
        writeCertificate(folder);
    }

    private static void writeCertificate(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("store.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        CommandRun.of(command, TIMEOUT).orThrow();
        try {
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            Files.writeString(
                    folder.resolve("cert.pem"),
                    pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
            Files.writeString(
                    folder.resolve("key.pem"),
                    pem("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("keytool's store cannot be read", e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    private static String configuration(Path folder, int port, int plainPort, int sinkPort) {
        // As root it would read our folder as nobody, who may not.
        // One process: a master would start another worker while it is being killed.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
                %5$s
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr warn;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    keepalive_requests 1000000;
                    client_max_body_size 0;
                    root %1$s/www;
                    server {
                        listen 127.0.0.1:%2$d ssl http2;
                        listen 127.0.0.1:%3$d;
                        ssl_certificate %1$s/cert.pem;
                        ssl_certificate_key %1$s/key.pem;
                        location /upload {
                            proxy_pass http://127.0.0.1:%4$d;
                            proxy_http_version 1.1;
                            proxy_request_buffering off;
                        }
                        location /moved { return 302 /small; }
                        location /busy { add_header Retry-After 7 always; return 429; }
                    }
                }
                """.formatted(folder, port, plainPort, sinkPort, user);
    }

    /// Reads what comes over any connection until the socket is closed.
    private static void discard(ServerSocket sink) {
        while (!sink.isClosed()) {
            try {
                Socket socket = sink.accept();
                Thread.ofPlatform().daemon().start(() -> discard(socket));
            } catch (IOException _) { // closed, or another may come
            }
        }
    }

    private static void discard(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) { // nginx was killed
        }
    }

    /// Returns the URL of a path with TLS, such as `/small`.
    public String url(String path) {
        return "https://localhost:" + server.port() + path;
    }

    /// Returns the URL of a path without TLS, in HTTP/1.1.
    public String plainUrl(String path) {
        return "http://localhost:" + plainPort + path;
    }

    /// Returns the file of its certificate, in PEM.
    public Path certificate() {
        return folder.resolve("cert.pem");
    }

    /// Kills it.
    @Override
    public void close() {
        server.close();
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
