package dev.pitot.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.command.OutputOptions;
import dev.pitot.command.OutputOptions.Detail;
import dev.pitot.command.OutputOptions.Form;
import dev.pitot.command.OutputOptions.LinePrefix;
import dev.pitot.command.OutputOptions.Notices;
import dev.pitot.model.result.TestRole;
import dev.pitot.output.ReportBudget;
import org.junit.jupiter.api.Test;

class ReportersTest {
    private static final long PART_OF_HEAP = Runtime.getRuntime().maxMemory() / 12;

    @Test
    void theTestOfAClientMayKeepAllThatThereIsRoomFor() {
        assertThat(budget(TestRole.CLIENT).take(0, PART_OF_HEAP)).isTrue();
    }

    @Test
    void aTestOfAServerLeavesRoomForOthers() {
        ReportBudget budget = budget(TestRole.SERVER);

        assertThat(budget.take(0, PART_OF_HEAP / 2 + 1)).isFalse();
        assertThat(budget.take(0, PART_OF_HEAP / 2)).isTrue();
    }

    private static ReportBudget budget(TestRole role) {
        var options = new OutputOptions(
                Form.JSON,
                new Detail(false, 0, Detail.ADAPTIVE_UNIT, true),
                new LinePrefix(null, null),
                null,
                Notices.NONE);
        return new Reporters(role, options, _ -> {}, _ -> {}).budget();
    }
}
