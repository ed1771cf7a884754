package dev.pitot.checks.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonShapeTest {
    @Test
    void valuesLeaveTheirPathsAndTypes() throws Exception {
        assertThat(JsonShape.of(
                        "{\"end\":{\"sum\":{\"bytes\":1,\"seconds\":1.5,\"sender\":true},\"no\":{}},\"list\":[]}"))
                .containsExactly(
                        "end.sum.bytes: number",
                        "end.sum.seconds: number",
                        "end.sum.sender: true",
                        "end.no: {}",
                        "list: []");
    }

    @Test
    void whatTheUserSaidIsKept() throws Exception {
        assertThat(JsonShape.of("{\"title\":\"x\",\"cookie\":\"y\",\"test_start\":{\"omit\":1,\"duration\":2}}"))
                .containsExactly(
                        "title: string x",
                        "cookie: string",
                        "test_start.omit: number 1",
                        "test_start.duration: number");
    }

    @Test
    void equalIntervalsAreOneAndOthersAreNot() throws Exception {
        String plain = "{\"sum\":{\"omitted\":false}}";
        String omitted = "{\"sum\":{\"omitted\":true}}";

        assertThat(JsonShape.of("{\"intervals\":[" + plain + "," + plain + "]}"))
                .isEqualTo(JsonShape.of("{\"intervals\":[" + plain + "]}"));
        assertThat(JsonShape.of("{\"intervals\":[" + omitted + "," + plain + "," + plain + "]}"))
                .containsExactly("intervals[].sum.omitted: true", "intervals[].sum.omitted: false");
    }

    @Test
    void whatPitotAddsUnderItsOwnKeyIsLeftOut() throws Exception {
        String first = "{\"sum\":{\"a\":1},\"pitot\":{\"tcp_info\":{\"rtt\":1}}}";
        String second = "{\"sum\":{\"a\":2},\"pitot\":{\"tcp_info\":{}}}";

        assertThat(JsonShape.of("{\"intervals\":[" + first + "," + second + "]}"))
                .containsExactly("intervals[].sum.a: number");
        assertThat(JsonShape.of("{\"tcp_info\":1}")).isNotEmpty();
    }

    @Test
    void streamsAreCounted() throws Exception {
        assertThat(JsonShape.of("{\"streams\":[{\"id\":1},{\"id\":3}]}"))
                .containsExactly("streams[0].id: number", "streams[1].id: number");
    }

    @Test
    void theOrderOfKeysMatters() throws Exception {
        assertThat(JsonShape.of("{\"a\":1,\"b\":2}")).isNotEqualTo(JsonShape.of("{\"b\":1,\"a\":2}"));
    }

    @Test
    void theLastOfTwoEqualKeysCounts() throws Exception {
        assertThat(JsonShape.of("{\"a\":1,\"b\":2,\"a\":3}")).containsExactly("b: number", "a: number");
    }

    @Test
    void eventsOfAStreamAreDocumentsAndEqualOnesAreOne() throws Exception {
        String interval = "{\"event\":\"interval\",\"data\":{}}\n";

        assertThat(JsonShape.of("{\"event\":\"start\",\"data\":{}}\n" + interval + interval))
                .containsExactly("event: string start", "data: {}", "----", "event: string interval", "data: {}");
    }

    @Test
    void textWithinADocumentIsLookedAtAsText() throws Exception {
        assertThat(JsonShape.of("{\"server_output_text\":\"Server listening on 5201\\n\"}"))
                .containsExactly("server_output_text| Server listening on N");
    }

    @Test
    void textBeforeADocumentIsToldApart() {
        assertThat(JsonShape.pollution("CPU\n{\n}\n")).isEqualTo("CPU\n");
        assertThat(JsonShape.pollution("{\n}\n")).isEmpty();
        assertThat(JsonShape.pollution("no document\n")).isEqualTo("no document\n");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> JsonShape.of("{\"a\":nan}"));
    }
}
