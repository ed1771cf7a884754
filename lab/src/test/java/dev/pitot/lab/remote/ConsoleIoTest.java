package dev.pitot.lab.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ConsoleIoTest {
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void manySilentLinesLeaveVirtualThreadsTheirCarriers() throws Exception {
        int lines = 2 * Runtime.getRuntime().availableProcessors() + 2;
        List<ConsoleIo> typists = new ArrayList<>();
        try {
            for (int i = 0; i < lines; i++) {
                typists.add(new ConsoleIo("line " + i, new Pipe(new ProcessBuilder("cat").start())));
            }
            for (ConsoleIo typist : typists) { // each was read from, and waits again
                typist.type("x");
                assertThat(typist.read(Duration.ofSeconds(5))).isEqualTo("x");
            }
            var hasRun = new CountDownLatch(1);
            Thread.ofVirtual().start(hasRun::countDown);
            assertThat(hasRun.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            typists.forEach(ConsoleIo::close);
        }
    }

    private record Pipe(Process process) implements ConsoleTransport {
        @Override
        public InputStream input() {
            return process.getInputStream();
        }

        @Override
        public OutputStream output() {
            return process.getOutputStream();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
