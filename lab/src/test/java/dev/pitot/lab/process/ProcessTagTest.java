package dev.pitot.lab.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessTagTest {
    @Test
    void aFileNameHoldsThePartsInTurn() {
        assertThat(new ProcessTag("20260101T1200", "tate", "server").fileName())
                .isEqualTo("pitot-lab-20260101T1200-tate-server.pid");
    }

    @Test
    void anyNameBecomesOneThatShellsLeaveAlone() {
        var tag = new ProcessTag("s", "büro PC-1_$(x)/../*", "server");

        assertThat(tag.fileName()).matches("[A-Za-z0-9._-]+");
        assertThat(ProcessTag.ofFileName(tag.fileName())).isEqualTo(tag);
    }

    @Test
    void namesThatDifferInASeparatorStayApart() {
        assertThat(new ProcessTag("a", "b-c", "d").fileName()).isNotEqualTo(new ProcessTag("a-b", "c", "d").fileName());
        assertThat(new ProcessTag("a", "b_2dc", "d").fileName())
                .isNotEqualTo(new ProcessTag("a", "b-c", "d").fileName());
    }

    @Test
    void otherFilesAreNoMarks() {
        assertThat(ProcessTag.ofFileName("pitot-lab-a-b.pid")).isNull();
        assertThat(ProcessTag.ofFileName("pitot-lab-a-b-c-d.pid")).isNull();
        assertThat(ProcessTag.ofFileName("pitot-lab--b-c.pid")).isNull();
        assertThat(ProcessTag.ofFileName("pitot-lab-a-b-c_zz.pid")).isNull();
        assertThat(ProcessTag.ofFileName("pitot-lab-a-b-c_2.pid")).isNotEqualTo(new ProcessTag("a", "b", "c_2"));
        assertThat(ProcessTag.ofFileName("pitot-lab-.pid")).isNull();
        assertThat(ProcessTag.ofFileName("passwd")).isNull();
    }

    @Test
    void emptyAndEndlessPartsAreRefused() {
        assertThatThrownBy(() -> new ProcessTag("a", "", "c")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> new ProcessTag("a", "b".repeat(71), "c")).hasMessageContaining("shorten it");
    }
}
