package dev.pitot.output;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullMarked;

/// What iperf 3.21 printed on a machine of ours, one file per case.
@NullMarked
public final class Goldens {
    /// The iperf and the system that printed them.
    public static final Program PROGRAM =
            new Program("iperf 3.21+", "Linux vm 6.18.44-fc-v657 #1 SMP PREEMPT_DYNAMIC @0 x86_64");

    private Goldens() {}

    public static String read(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream("/golden/3.21/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
