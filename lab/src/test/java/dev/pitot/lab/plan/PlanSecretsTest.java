package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanSecretsTest {
    private static final String SECRET = "hunter2!x";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection: telnet, host: h, password: hunter2!x",
                "connection: ssh, host: h, password: hunter2!x",
                "connection: none, password: hunter2!x",
                "connection: local, password: [hunter2!x]",
                "connection: telnet, host: h, password: {env: hunter2!x}",
                "connection: telnet, host: h, password: {hunter2!x: env}",
                "connection: telnet, host: h, password: {env: A, file: hunter2!x}",
                "connection: telnet, host: h, password: {env: [hunter2!x]}",
                "connection: telnet, host: h, pasword: hunter2!x",
            })
    void aSecretInClearIsRefusedAndNotRepeated(String node) {
        String text = PlanTexts.SMALL.replace("connection: local", node);

        assertThat(PlanTexts.complaints(text)).startsWith("p.yaml:2:").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{http: 'http://me:hunter2!x@h/'}",
                "{http: 'http://me:hunter2!x@h/ '}",
                "{http: 'http://h/', headers: {Authorization: Basic hunter2!x}}",
                "{http: 'http://h/', headers: {cookie: hunter2!x}}",
            })
    void aSecretInACallIsRefusedAndNotRepeated(String hook) {
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "hooks: {before_test: " + hook + "}\n"))
                .startsWith("p.yaml:7:")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{password: hunter2!x}", "--password=hunter2!x", "[--username, me, --password, hunter2!x]"})
    void aSecretAmongOptionsIsRefusedAndNotRepeated(String options) {
        assertThat(PlanTexts.complaints(PlanTexts.SMALL + "    options: " + options + "\n"))
                .startsWith("p.yaml:7:")
                .doesNotContain(SECRET);
    }
}
