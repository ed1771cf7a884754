package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.plan.TestCase.NodeDirection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SamplePlanTest {
    private static final Pattern SETTING = Pattern.compile("(\\s*)#([^ #\\n][^\\n]*)");

    @Test
    void theSampleMeasuresThisMachineWithItself() {
        Plan plan = PlanTexts.plan(SamplePlan.text());

        assertThat(plan.nodes().keySet()).containsExactly("desk", "device");
        assertThat(plan.nodes().values())
                .allMatch(node -> node.connectionSettings() instanceof ConnectionSettings.Local);
        assertThat(plan.cases())
                .extracting(it -> it.pair().direction() + " " + it.spec().test())
                .containsExactly(
                        NodeDirection.TO_NODE + " tcp",
                        NodeDirection.TO_NODE + " udp",
                        NodeDirection.FROM_NODE + " tcp");
    }

    @Test
    void everySettingInACommentCanBeUsed() {
        List<String> lines = SamplePlan.text().lines().toList();
        List<List<Integer>> blocks = blocks(lines);

        assertThat(blocks).hasSizeGreaterThan(12);
        for (List<Integer> block : blocks) {
            List<String> text = new ArrayList<>(lines);
            block.forEach(line -> text.set(line, used(lines.get(line))));
            if (block.stream()
                    .anyMatch(line -> lines.get(line).contains("#sweep")
                            && lines.get(line + 1).contains("#bitrate"))) {
                text.replaceAll(line -> line.replace(", bitrate: 20M}", "}")); // as its comment says
            }

            assertThat(PlanTexts.plan(String.join("\n", text)).cases()).isNotEmpty();
        }
    }

    @Test
    void allSettingsInCommentsCanBeUsedTogether() {
        Plan plan = PlanTexts.plan(everything());

        assertThat(plan.nodes()).hasSize(9);
        assertThat(plan.fixtures().hooks()).hasSize(7);
        assertThat(plan.fixtures().monitors()).hasSize(5);
    }

    @Test
    void theDocumentedPlansCanBeRead() throws Exception {
        Path docs = Path.of(System.getProperty("pitot.root", "..")).resolve("docs");
        String text = Files.readString(docs.resolve("lab-plan.md"));
        List<String> blocks = Pattern.compile("(?s)```yaml\n(.*?)```")
                .matcher(text)
                .results()
                .map(it -> it.group(1))
                .toList();
        String whole = blocks.getFirst();

        assertThat(PlanTexts.plan(whole).cases()).hasSize(15);
        assertThat(text).contains("= 15 tests");
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        for (String part : blocks.subList(1, blocks.size())) {
            String rest = Pattern.compile("(?m)^([a-z_]+):.*\n(?:[ -].*\n)*")
                    .matcher(whole)
                    .replaceAll(it -> part.contains("\n" + it.group(1) + ":") || part.startsWith(it.group(1) + ":")
                            ? ""
                            : Matcher.quoteReplacement(it.group()));

            assertThat(PlanTexts.plan(rest + part).cases()).isNotEmpty();
        }
    }

    @Test
    void everyKeyIsDocumented() throws Exception {
        Path docs = Path.of(System.getProperty("pitot.root", "..")).resolve("docs");
        String text = Files.readString(docs.resolve("lab-plan.md"));

        for (PlanKeys table : PlanKeys.values()) {
            assertThat(table.names()).allMatch(text::contains, "is in docs/lab-plan.md");
        }
    }

    /// Whatever a person's hand may do to a plan: the reader answers with a plan or a complaint.
    @Test
    void noMutationOfTheSampleCrashesTheReader() {
        String all = SamplePlan.text().lines().map(SamplePlanTest::used).reduce("", (text, line) -> text + line + "\n");
        var random = new Random(6);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            String text = mutated(i % 2 == 0 ? all : SamplePlan.text(), random);
            if (!PlanTexts.complaints(text).isEmpty()) {
                refused++;
            }
        }
        assertThat(refused).isBetween(130, 399);
    }

    static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        String odd = "{}[]:,#&*!|>'\"%@`-? \n\t=<\\~0123456789aZé\u0000\u2028\uD83D";
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(mutant.length());
            int other = Math.min(mutant.length(), at + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
                case 1 -> mutant.insert(at, odd.charAt(random.nextInt(odd.length())));
                case 2 -> mutant.delete(at, other);
                default -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, other));
            }
        }
        return mutant.toString();
    }

    /// The sample with every setting in use.
    static String everything() {
        return SamplePlan.text()
                .lines()
                .map(SamplePlanTest::used)
                .map(line -> line.replace(", bitrate: 20M}", "}"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static String used(String line) {
        return SETTING.matcher(line).replaceFirst("$1$2");
    }

    /// Lines of settings that follow each other.
    private static List<List<Integer>> blocks(List<String> lines) {
        List<List<Integer>> blocks = new ArrayList<>();
        List<Integer> block = new ArrayList<>();
        for (int i = 0; i <= lines.size(); i++) {
            if (i < lines.size() && SETTING.matcher(lines.get(i)).matches()) {
                block.add(i);
            } else if (!block.isEmpty()) {
                blocks.add(block);
                block = new ArrayList<>();
            }
        }
        return blocks;
    }
}
