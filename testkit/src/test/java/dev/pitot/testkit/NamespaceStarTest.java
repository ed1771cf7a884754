package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Tests that the hosts of a namespace star can reach each other.
@Needs(Tool.NAMESPACES)
@Timeout(180)
final class NamespaceStarTest {
    @Test
    void everyHostReachesEveryOtherUntilItsCableIsPulled() throws Exception {
        try (var star = NamespaceStar.create(3)) {
            assertThat(isReached(star, 1, 2)).isTrue();
            assertThat(isReached(star, 3, 1)).isTrue();

            star.unplug(3);

            assertThat(isReached(star, 1, 3)).isFalse();
        }
    }

    /// Returns true if the host refuses a connection at once; the attempt is aborted if it does not
    /// respond.
    private static boolean isReached(NamespaceStar star, int from, int to) throws Exception {
        String knock = "exec 3<>/dev/tcp/" + star.address(to) + "/9";
        List<String> inside = star.in(from, List.of("timeout", "1", "bash", "-c", knock));
        return CommandRun.of(inside, Duration.ofSeconds(5)).exit().stderr().contains("refused");
    }
}
