package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FreePortTest {
    private static final int PORTS = 5_000;

    /// A new process has copies of this one's sockets until its program runs. Of so many ports, about twenty were in
    /// use when that was not considered.
    @Test
    @Tag("slow")
    @EnabledOnOs(value = OS.LINUX, disabledReason = "starts a program of Linux")
    void aPortIsFreeEvenIfProgramsStartMeanwhile() throws Exception {
        var enough = new AtomicBoolean();
        try (var executor = Executors.newSingleThreadExecutor()) {
            Future<Integer> starts = executor.submit(() -> {
                int started = 0;
                while (!enough.get()) {
                    try (ChildProcess process = ChildProcess.start(List.of("true"))) {
                        process.awaitExit();
                    }
                    started++;
                }
                return started;
            });
            try {
                for (int i = 0; i < PORTS; i++) {
                    int port = FreePort.find();
                    assertThatCode(() -> bind(port)).doesNotThrowAnyException();
                }
            } finally {
                enough.set(true);
            }
            assertThat(starts.get()).isGreaterThan(10);
        }
    }

    private static void bind(int port) throws IOException {
        new ServerSocket(port).close();
    }
}
