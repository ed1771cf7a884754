package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    @Test
    void isWhatTheUsersFileHolds() {
        assertThat(Fixtures.text("/golden/auth/users.csv")).contains("mario," + PasswordHash.of("mario", "rossi"));
    }

    /// `printf '{josé}pä ß' | sha256sum`
    @Test
    void isOfUtf8() {
        assertThat(PasswordHash.of("josé", "pä ß"))
                .isEqualTo("9e37b2769a4cb886905ae80752d6d43de18720735537605430785678b20f1b9b");
    }
}
