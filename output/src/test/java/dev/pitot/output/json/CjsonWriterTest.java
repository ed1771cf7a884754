package dev.pitot.output.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CjsonWriterTest {
    @Test
    void prettyObjectsHaveAMemberPerLineAndArraysNone() {
        CjsonWriter out = CjsonWriter.pretty().beginObject();

        out.name("none").beginArray().endArray().name("empty").beginObject().endObject();
        out.name("all").beginArray().beginObject().member("a", 1).endObject();
        out.beginObject().member("b", true).endObject().literal("2").endArray().endObject();

        assertThat(out).hasToString("""
                {
                \t"none":\t[],
                \t"empty":\t{
                \t},
                \t"all":\t[{
                \t\t\t"a":\t1
                \t\t}, {
                \t\t\t"b":\ttrue
                \t\t}, 2]
                }""");
    }

    @Test
    void compactHasNoBlanks() {
        CjsonWriter out = CjsonWriter.compact().beginObject();

        out.name("none").beginArray().endArray().name("empty").beginObject().endObject();
        out.name("all").beginArray().literal("1").string("x").endArray().endObject();

        assertThat(out).hasToString("{\"none\":[],\"empty\":{},\"all\":[1,\"x\"]}");
    }

    @Test
    void escapesWhatJsonDoesNotAllowAndWhatATerminalWouldObey() {
        String text = CjsonWriter.compact()
                .string("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u009bé")
                .toString();

        assertThat(text).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\\u009bé\"");
    }

    @Test
    void escapesWhatTurnsTheDirectionOfATextOrHidesIt() {
        // a right-to-left mark and override, an isolate, a soft hyphen, a line separator, a tag; then plain letters
        String original = "a\u200fb\u202ec\u2067d\u00ade\u2028f" + Character.toString(0xE0041) + "é€😀\u05d0";

        String text = CjsonWriter.compact().string(original).toString();

        assertThat(text).isEqualTo("\"a\\u200fb\\u202ec\\u2067d\\u00ade\\u2028f\\udb40\\udc41é€😀\u05d0\"");
        assertThat(JsonTree.of("{\"it\": " + text + "}").members()).containsEntry("it", original);
    }
}
