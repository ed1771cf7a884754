package dev.pitot.output.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.FileCopy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileShareTest {
    @ParameterizedTest
    @CsvSource({
        "1265648, 1265648, 100",
        "1179648, 1265648, 93",
        "0, 1265648, 0",
        "0, 0, 100", // an empty file counts as completely sent
        "300, 100, 300" // the file shrank during the test
    })
    void isCutOffToWholePercent(long bytes, long size, int percent) {
        assertThat(new FileShare(new FileCopy("name", size), bytes).percent()).isEqualTo(percent);
    }
}
