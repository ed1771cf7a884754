package dev.pitot.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTextTest {
    @Test
    void knowsWhoIperfKnows() {
        String users = Fixtures.text("/golden/auth/users.csv");

        assertThat(UsersText.knows(users, "mario", PasswordHash.of("mario", "rossi")))
                .isTrue();
        assertThat(UsersText.knows(users, "mario", PasswordHash.of("mario", "Rossi")))
                .isFalse();
        assertThat(UsersText.knows(users, "Mario", PasswordHash.of("mario", "rossi")))
                .isFalse();
        assertThat(UsersText.knows(users, "luigi", PasswordHash.of("luigi", "rossi")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mario,ab12",
                "mario,ab12\n",
                "mario,ab12\r\n",
                "mario,ab12\rrest",
                "mario,ab12,more",
                "mario,,ab12",
                ",mario,ab12",
                "# comment, with a comma\n\nmario\nmario,ab12",
                "mario,cd34\nmario,ab12\nmario,ef56\n",
                "luigi,ab12\r\nmario,ab12\r\n",
            })
    void findsAUser(String csv) {
        assertThat(UsersText.knows(csv, "mario", "ab12")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "mario",
                "mario,",
                "mario,ab1",
                "mario,ab123",
                "mario,AB12",
                "mario,ab12 ",
                "mario ,ab12",
                " mario,ab12",
                "#mario,ab12",
                "mario\r,ab12",
                "mari,oab12",
                "luigi,ab12\nmario,cd34",
                "mario\nab12",
                "ab12,mario",
            })
    void findsNobodyElse(String csv) {
        assertThat(UsersText.knows(csv, "mario", "ab12")).isFalse();
    }

    @Test
    void aCommaInANameIsNobodys() {
        assertThat(UsersText.knows("mario,ab12", "mario,ab12", "")).isFalse();
        assertThat(UsersText.knows("mario,x,ab12", "mario,x", "ab12")).isFalse();
        assertThat(UsersText.knows("mario,ab12", "", "mario,ab12")).isFalse();
        assertThat(UsersText.knows(",,\n,a\n", "", "")).isFalse();
    }
}
