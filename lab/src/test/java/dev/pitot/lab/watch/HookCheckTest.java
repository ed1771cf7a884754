package dev.pitot.lab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookCheckTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aHookInOrderHasNoProblem() {
        assertThat(check(new Hook.Command(
                        Hook.Moment.BEFORE_TEST,
                        "tate",
                        List.of("rotate", "{number}", "{{angle}}", "{print $1}"),
                        SECOND)))
                .isEmpty();
        assertThat(check(http("https://lab/%7Bnode%7D", "POST", Map.of("X-Key", "secret"), SECOND)))
                .isEmpty();
        assertThat(check(new Hook.Pause(Hook.Moment.AFTER_TEST, Duration.ZERO))).isEmpty();
        assertThat(check(new Hook.PingGate(Hook.Moment.BEFORE_TEST, null, null, 5, SECOND)))
                .isEmpty();
    }

    @Test
    void anUnknownPlaceholderIsFoundBeforehand() {
        assertThat(check(new Hook.Command(Hook.Moment.BEFORE_TEST, null, List.of("rotate", "{angle}"), SECOND)))
                .containsExactly("{angle} means nothing: use one of direction, node, number, peer,"
                        + " receiver_address, repetition, sender_address, test, or {{angle}} for the text itself.");
        assertThat(check(http("http://lab/%7Bangle%7D", "GET", Map.of(), SECOND)))
                .hasSize(1);
        assertThat(check(http("http://lab/", "GET", Map.of("X-Angle", "{angle}"), SECOND)))
                .hasSize(1);
    }

    @Test
    void aPlaceholderOutsideTestsIsFoundBeforehand() {
        assertThat(check(new Hook.Command(Hook.Moment.SESSION_START, null, List.of("rotate", "{node}"), SECOND)))
                .containsExactly("{node} means nothing at the start and the end of the session: it belongs to a test.");
        assertThat(check(new Hook.PingGate(Hook.Moment.SESSION_END, "tate", null, 1, SECOND)))
                .containsExactly("A ping gate at the start or the end of the session belongs to no test:"
                        + " give its node and its target.");
    }

    @Test
    void everyProblemIsToldAndNoValueOfAHeader() {
        assertThat(check(http("ftp://lab/x", "GET IT", Map.of("Host", "s3cret"), Duration.ZERO)))
                .containsExactly(
                        "The address of an HTTP hook must begin with http:// or https:// and name a host.",
                        "The patience with a hook must be longer than nothing, but is PT0S.",
                        "'GET IT' is no method of HTTP: use GET, PUT or POST.",
                        "The header 'Host' of a hook cannot be sent: its name is wrong, or HTTP sets it itself.");
        assertThat(check(new Hook.Command(Hook.Moment.AFTER_TEST, "tote", List.of(), SECOND)))
                .containsExactly(
                        "A command of the hooks is empty: give a program and its arguments.",
                        "A hook wants the node 'tote', which the plan does not have: it has tate, tpc.");
        assertThat(check(new Hook.PingGate(Hook.Moment.BEFORE_TEST, null, "-f", 0, SECOND)))
                .containsExactly(
                        "The threshold of a ping gate must be 1 or more, but is 0.",
                        "'-f' cannot be pinged: give a name or an address.");
        assertThat(check(new Hook.Pause(Hook.Moment.AFTER_TEST, SECOND.negated())))
                .hasSize(1);
    }

    private static List<String> check(Hook hook) {
        return HookRunner.check(hook, Set.of("tate", "tpc"));
    }

    private static Hook.Http http(String address, String method, Map<String, String> headers, Duration patience) {
        return new Hook.Http(Hook.Moment.BEFORE_TEST, method, URI.create(address), headers, null, patience);
    }
}
