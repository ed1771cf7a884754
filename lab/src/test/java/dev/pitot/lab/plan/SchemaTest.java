package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.plan.Item.Entry;
import dev.pitot.lab.plan.Item.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private final SchemaWalk schema = new SchemaWalk(Sample.schema());

    @ParameterizedTest
    @EnumSource
    void theSchemaAndTheReaderKnowTheSameKeys(Shape shape) {
        String name = shape == Shape.PLAN ? "" : shape.name().toLowerCase(Locale.ROOT);
        Table definition = schema.definition(name);

        assertThat(keys(SchemaWalk.value(definition, "properties"))).containsExactlyElementsOf(shape.keys());
        assertThat(SchemaWalk.value(definition, "additionalProperties"))
                .isInstanceOfSatisfying(
                        Item.Text.class, it -> assertThat(it.isFalse()).isTrue());
    }

    @Test
    void everyTableOfTheSchemaIsOneOfTheReaders() {
        List<String> shapes = Stream.of(Shape.values())
                .map(shape -> shape.name().toLowerCase(Locale.ROOT))
                .toList();
        Table definitions = (Table) SchemaWalk.value(schema.definition(""), "$defs");

        assertThat(definitions.entries().stream()
                        .filter(it -> ((Table) it.value()).entry("properties") != null)
                        .map(Entry::key))
                .allMatch(shapes::contains)
                .hasSize(shapes.size() - 1);
    }

    @Test
    void theSchemaAndTheReaderKnowTheSameWords() {
        Map<String, Words<?>> words = Map.of(
                "node.system", Words.SYSTEMS,
                "node.connection", Words.CONNECTIONS,
                "node.leftovers", Words.LEFTOVERS,
                "output.style", Words.STYLES,
                "watch.watch", Words.WATCHES);

        words.forEach((where, known) -> {
            String[] path = where.split("\\.", 2);
            Table properties = (Table) SchemaWalk.value(schema.definition(path[0]), "properties");
            Table property = (Table) SchemaWalk.value(properties, path[1]);
            assertThat(SchemaWalk.texts(SchemaWalk.value(property, "enum"))).containsExactlyElementsOf(known.known());
        });
        assertThat(SchemaWalk.texts(SchemaWalk.value(schema.definition("engine"), "enum")))
                .containsExactlyInAnyOrderElementsOf(Words.ENGINES.known());
        assertThat(Shape.HOOKS.keys()).containsExactlyElementsOf(Words.MOMENTS.known());
        assertThat(Shape.THRESHOLDS.keys()).containsExactlyElementsOf(Words.FIGURES.known());
        assertThat(Shape.PROGRAMS.keys()).containsExactlyInAnyOrderElementsOf(Words.ENGINES.known());
        assertThat(Shape.NODE.keys())
                .containsAll(Stream.of(ConnectionKind.values())
                        .flatMap(kind -> kind.keys().stream())
                        .collect(Collectors.toSet()));
    }

    @Test
    void theSampleFitsTheSchema() {
        String all = Sample.text().replaceAll("(?m)^(\\s*)#([^ #\\n])", "$1$2");

        assertThat(schema.defects(SchemaWalk.item(Sample.text()))).isEmpty();
        assertThat(schema.defects(SchemaWalk.item(all))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trafic_pc: x",
                "repeat: 0",
                "parallel: many",
                "tests: [{nam: x}]",
                "nodes: {a: {connection: ssh2}}",
                "nodes: {a/b: {connection: ssh}}",
                "nodes: {a: {connection: telnet, password: x}}",
                "pairs: [[a]]",
                "watches: [{watch: cpu}]",
                "directions: across",
            })
    void theSchemaRefusesWhatTheReaderRefuses(String line) {
        String key = line.substring(0, line.indexOf(':'));
        String text = Texts.SMALL.replaceAll("(?m)^" + key + ":.*\\n( .*\\n)*", "") + line + "\n";

        assertThat(schema.defects(SchemaWalk.item(text))).isNotEmpty();
        assertThat(Texts.complaints(text)).isNotEmpty();
        assertThat(schema.defects(SchemaWalk.item(Texts.SMALL))).isEmpty();
    }

    @Test
    void theDocumentedSchemaIsTheSame() throws Exception {
        Path docs = Path.of(System.getProperty("pitot.root", "..")).resolve("docs");

        assertThat(docs.resolve("lab-plan.schema.json")).content().isEqualTo(Sample.schema());
        assertThat(Files.readString(docs.resolve("lab-plan.schema.json"))).endsWith("}\n");
    }

    private static List<String> keys(Item table) {
        return ((Table) table).entries().stream().map(Entry::key).toList();
    }
}
