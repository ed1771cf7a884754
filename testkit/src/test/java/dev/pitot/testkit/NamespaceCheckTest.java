package dev.pitot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.testkit.ToolPresence.Found;
import dev.pitot.testkit.ToolPresence.Impossible;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamespaceCheckTest {
    private record Machine(boolean permits, @Nullable String trouble) implements NamespaceCheck.Machine {
        @Override
        public Optional<String> unavailableReason() {
            return Optional.ofNullable(trouble);
        }
    }

    @Test
    void theyAreThereWhereTheyCanBeMade() {
        assertThat(new NamespaceCheck(new Machine(true, null)).presence(new Found()))
                .isEqualTo(new Found());
    }

    @Test
    void theyAreImpossibleWhereTheyAreNotPermittedWhateverIsInstalled() {
        var confined = new NamespaceCheck(new Machine(false, null));

        assertThat(confined.presence(ToolPresence.without(List.of("nft"))))
                .isEqualTo(new Impossible("network namespaces are not permitted here (unshare --net)"));
    }

    @Test
    void programsThatAreMissingAreMissing() {
        ToolPresence withoutNft = ToolPresence.without(List.of("nft"));

        assertThat(new NamespaceCheck(new Machine(true, null)).presence(withoutNft))
                .isEqualTo(withoutNft);
    }

    @Test
    void theyAreImpossibleInTheSystemsWordsWhereItCannot() {
        var old = new NamespaceCheck(new Machine(true, "Unknown device type"));

        assertThat(old.presence(new Found())).isEqualTo(new Impossible("this machine cannot: Unknown device type"));
    }
}
