package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// Tests affinity by the list of allowed cores in /proc.
@OnLinux
class AffinityTest {
    private static final String LABEL = "Cpus_allowed_list:";

    private final LinuxFamily family = new LinuxFamily();

    @Test
    void aThreadRunsOnItsCoreOnly() throws Exception {
        String before = allowed();
        int last = Integer.parseInt(before.replaceAll(".*[-,]", ""));

        String bound = onThread(Thread.ofPlatform(), () -> {
            family.bindToCore(last);
            return allowed();
        });

        assertThat(bound).isEqualTo(Integer.toString(last));
        assertThat(allowed()).isEqualTo(before); // other threads are not affected
    }

    @Test
    void aCoreThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> family.bindToCore(1024))
                .isInstanceOf(SocketException.class)
                .hasMessage("Invalid argument")
                .extracting(e -> ((SocketException) e).error())
                .isEqualTo(IperfError.SET_AFFINITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> family.bindToCore(-1))
                .withMessage("core < 0: -1");
    }

    @Test
    void aVirtualThreadHasNoCore() throws Exception {
        boolean isRefused = onThread(Thread.ofVirtual(), () -> {
            assertThatIllegalStateException().isThrownBy(() -> family.bindToCore(0));
            return true;
        });

        assertThat(isRefused).isTrue();
    }

    private static <T> T onThread(Thread.Builder kind, Callable<T> task) throws Exception {
        var future = new FutureTask<T>(task);
        kind.start(future);
        return future.get();
    }

    private static String allowed() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(LABEL))
                .map(line -> line.substring(LABEL.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
