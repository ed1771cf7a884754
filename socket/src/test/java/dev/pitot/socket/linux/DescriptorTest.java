package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@OnLinux
class DescriptorTest {
    @Test
    void closingWaitsForTheLastUse() throws IOException {
        Descriptor descriptor = open();
        int first = descriptor.acquire();
        int second = descriptor.acquire();

        descriptor.close();

        assertThat(isOpen(first)).isTrue();
        descriptor.release(second);
        assertThat(isOpen(first)).isTrue();
        descriptor.release(first);
        assertThat(isOpen(first)).isFalse();
    }

    @Test
    void aNewUseOfAClosedOneHasNoNumber() throws IOException {
        Descriptor descriptor = open();
        int inUse = descriptor.acquire();
        descriptor.close();

        int late = descriptor.acquire();
        descriptor.release(late);

        assertThat(late).isEqualTo(-1);
        assertThat(isOpen(inUse)).isTrue();
        descriptor.release(inUse);
    }

    @Test
    void aNumberThatWasGivenToTheNextIsNotClosedAgain() throws IOException {
        Descriptor first = open();
        first.close();
        Descriptor next = open(); // the lowest free number, most likely the same

        first.close();
        first.release(first.acquire());

        int number = next.acquire();
        assertThat(isOpen(number)).isTrue();
        next.release(number);
        next.close();
    }

    private static Descriptor open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new Descriptor(
                    SystemError.check(SystemCall.SOCKET.call(SystemCall.errno(arena), SocketAddresses.AF_INET, 1, 0)));
        }
    }

    private static boolean isOpen(int number) {
        return Files.exists(Path.of("/proc/self/fd/" + number), LinkOption.NOFOLLOW_LINKS);
    }
}
