package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.tool.Iperf2Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final Path ROOT = Path.of(System.getProperty("pitot.root", ".."));

    private final SchemaWalk schema = new SchemaWalk(SamplePlan.schema());

    @Test
    void theSchemaIsWrittenFromTheKeys() throws Exception {
        KeyDocuments.keep(ROOT.resolve("lab/src/main/resources/dev/pitot/lab/plan/lab-plan.schema.json"));
        KeyDocuments.keep(ROOT.resolve("docs/lab-plan.schema.json"));

        assertThat(ROOT.resolve("docs/lab-plan.schema.json")).content().isEqualTo(KeyDocuments.schema());
        assertThat(SamplePlan.schema()).isEqualTo(KeyDocuments.schema()).endsWith("}\n");
    }

    @Test
    void theDocumentedTablesAreWrittenFromTheKeys() throws Exception {
        Path page = ROOT.resolve("docs/lab-plan.md");
        KeyDocuments.keep(page);

        assertThat(page).content().isEqualTo(KeyDocuments.page(Files.readString(page)));
        assertThat(Files.readString(page)).contains("<!-- keys: plan -->", "| `repeat` | 1 … 100000 | 1 |");
    }

    @Test
    void theReaderKnowsTheWordsOfTheKeys() {
        assertThat(PlanKeys.HOOKS.names()).containsExactlyElementsOf(KeyType.MOMENT.known());
        assertThat(PlanKeys.THRESHOLDS.names()).containsExactlyElementsOf(KeyType.FIGURE.known());
        assertThat(PlanKeys.PROGRAMS.names()).containsExactlyInAnyOrderElementsOf(KeyType.ENGINE.known());
        assertThat(PlanKeys.IPERF2.names())
                .allSatisfy(name -> assertThat(Iperf2Parameter.valueOf(name.toUpperCase(Locale.ROOT))
                                .isSwitch())
                        .isEqualTo(PlanKeys.IPERF2.type(name) instanceof KeyType.Flag));
        assertThat(PlanKeys.NODE.names())
                .containsAll(Stream.of(ConnectionKind.values())
                        .flatMap(kind -> kind.keys().stream())
                        .collect(Collectors.toSet()));
    }

    @Test
    void theSampleFitsTheSchema() {
        String all = SamplePlan.text().replaceAll("(?m)^(\\s*)#([^ #\\n])", "$1$2");

        assertThat(schema.defects(SchemaWalk.item(SamplePlan.text()))).isEmpty();
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
        String text = PlanTexts.SMALL.replaceAll("(?m)^" + key + ":.*\\n( .*\\n)*", "") + line + "\n";

        assertThat(schema.defects(SchemaWalk.item(text))).isNotEmpty();
        assertThat(PlanTexts.complaints(text)).isNotEmpty();
        assertThat(schema.defects(SchemaWalk.item(PlanTexts.SMALL))).isEmpty();
    }
}
