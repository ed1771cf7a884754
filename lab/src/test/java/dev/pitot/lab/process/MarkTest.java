package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkTest {
    @Test
    void aFileNameHoldsThePartsInTurn() {
        assertThat(new Mark("20260101T1200", "tate", "server").fileName())
                .isEqualTo("pitot-lab-20260101T1200-tate-server.pid");
    }

    @Test
    void anyNameBecomesOneThatShellsLeaveAlone() {
        var mark = new Mark("s", "büro PC-1_$(x)/../*", "server");

        assertThat(mark.fileName()).matches("[A-Za-z0-9._-]+");
        assertThat(Mark.ofFileName(mark.fileName())).isEqualTo(mark);
    }

    @Test
    void namesThatDifferInASeparatorStayApart() {
        assertThat(new Mark("a", "b-c", "d").fileName()).isNotEqualTo(new Mark("a-b", "c", "d").fileName());
        assertThat(new Mark("a", "b_2dc", "d").fileName()).isNotEqualTo(new Mark("a", "b-c", "d").fileName());
    }

    @Test
    void otherFilesAreNoMarks() {
        assertThat(Mark.ofFileName("pitot-lab-a-b.pid")).isNull();
        assertThat(Mark.ofFileName("pitot-lab-a-b-c-d.pid")).isNull();
        assertThat(Mark.ofFileName("pitot-lab--b-c.pid")).isNull();
        assertThat(Mark.ofFileName("pitot-lab-a-b-c_zz.pid")).isNull();
        assertThat(Mark.ofFileName("pitot-lab-a-b-c_2.pid")).isNotEqualTo(new Mark("a", "b", "c_2"));
        assertThat(Mark.ofFileName("pitot-lab-.pid")).isNull();
        assertThat(Mark.ofFileName("passwd")).isNull();
    }

    @Test
    void emptyAndEndlessPartsAreRefused() {
        assertThatThrownBy(() -> new Mark("a", "", "c")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new Mark("a", "b".repeat(71), "c")).hasMessageContaining("shorten it");
    }
}
