package dev.pitot.probe.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String URLS = "'large_download_url': 'https://h/l', 'small_download_url': 'https://h/s',"
            + " 'upload_url': 'https://h/u'";

    private static RpmUrls read(String json) throws RpmException {
        return ConfigReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unknownMembersAreIgnored() throws RpmException {
        String json = "{'test_endpoint': 'x', 'version': 1, 'a': [{'b': [1]}], 'urls': {'c': {'d': 1}, " + URLS
                + ", 'e': 2}}";

        assertThat(read(json))
                .isEqualTo(
                        new RpmUrls(URI.create("https://h/l"), URI.create("https://h/s"), URI.create("https://h/u")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'urls': {U}}                                    | "version" is missing
                    {'version': 2, 'urls': {U}}                      | its version is not 1
                    {'version': 99999999999999999999, 'urls': {U}}   | its version is not 1
                    {'version': '1', 'urls': {U}}                    | its version is not 1
                    {'version': 1}                                   | "large_download_url" is missing
                    {'version': 1, 'urls': 'x'}                      | "urls" is not an object
                    {'version': 1, 'urls': {'large_download_url': 1}}| "large_download_url" is missing
                    {'version': 1, 'version': 1, 'urls': {U}}        | Duplicate field 'version'
                    {'version': 1, 'urls': {U, U}}                   | Duplicate field 'large_download_url'
                    {'version': 1, 'urls': {U}, 'urls': {U}}         | Duplicate field 'urls'
                    {'version': 1, 'urls': {U}} {}                   | there is more than one JSON object
                    []                                               | it is not a JSON object
                    x                                                | not valid JSON
                    ~~                                               | it is not a JSON object
                    {'version': 1                                    | not valid JSON
                    """)
    void whatIsNotAConfigurationIsRefusedInASentence(String json, String part) {
        assertThatThrownBy(() -> read(json.replace("U", URLS).replace("{UR", "{")))
                .isInstanceOf(RpmException.class)
                .hasMessageStartingWith("the server's configuration ")
                .message()
                .contains(part.replace("\"", "\""))
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://other/s   | name different servers
                    https://h:444/s   | name different servers
                    http://h/s        | name different servers
                    ftp://h/s         | it must begin with https:// or http://
                    https:///s        | a host is needed
                    https://me@h/s    | and no user
                    https://h/a b     | Illegal character
                    s                 | it must begin with https:// or http://
                    """)
    void urlsAreThreeOfOneServer(String small, String part) {
        String json = "{'version': 1, 'urls': {" + URLS.replace("https://h/s", small) + "}}";

        assertThatThrownBy(() -> read(json)).isInstanceOf(RpmException.class).hasMessageContaining(part);
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThatThrownBy(() -> read("{'a': " + "[".repeat(100) + "]".repeat(100) + "}"))
                .isInstanceOf(RpmException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> read("{'urls': {'a': '" + "x".repeat(10_000) + "'}}"))
                .isInstanceOf(RpmException.class)
                .hasMessageContaining("length");
    }
}
