package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    private static final Map<String, String> VALUES = Map.of("node", "ta te/{peer}", "peer", "tpc$1");

    @Test
    void fillsInWhatItKnowsAndLeavesTheRest() {
        assertThat(Placeholders.filled("a{peer}b{node}{other}", VALUES)).isEqualTo("atpc$1bta te/{peer}{other}");
        assertThat(Placeholders.filled("{{node}}", VALUES)).isEqualTo("{node}");
        assertThat(Placeholders.filled("{\"a\":{\"b\":1}}", VALUES)).isEqualTo("{\"a\":{\"b\":1}}");
    }

    @Test
    void encodesWhatGoesIntoAnAddress() {
        URI address = URI.create("http://lab:81/%7Bnode%7D/x%2Fy?peer=%7bpeer%7d&q=%7B%22a%22%7D");

        assertThat(Placeholders.filled(address, VALUES))
                .isEqualTo(URI.create("http://lab:81/ta%20te%2F%7Bpeer%7D/x%2Fy?peer=tpc%241&q=%7B%22a%22%7D"));
        assertThat(Placeholders.namesIn(address)).containsExactly("node", "peer");
    }
}
