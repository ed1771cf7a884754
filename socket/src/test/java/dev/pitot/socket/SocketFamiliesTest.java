package dev.pitot.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SocketFamiliesTest {
    @Test
    void familiesHaveNames() {
        assertThat(SocketFamilies.portable().name()).isEqualTo("portable");
        assertThat(SocketFamilies.named("portable").name()).isEqualTo("portable");
    }

    @Test
    void theBestFamilyWorks() {
        assertThat(SocketFamilies.best().unavailableReason()).isNull();
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void linuxIsBestWhereItIs() {
        assertThat(SocketFamilies.best().name()).isEqualTo("linux");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SocketFamilies.named("x"))
                .withMessage("unknown socket family 'x' (linux or portable)");
    }
}
