package dev.pitot.probe.rpm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// Reads a server's configuration (draft, section "Responsiveness Test Server"): version 1 and three URLs.
/// Unknown members are ignored; a member that occurs twice, a missing one and another version are refused.
final class ConfigReader {
    /// Longest configuration that is read; a real one has 300 bytes.
    static final int MAX_BYTES = 1 << 16;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 8192;
    private static final long VERSION = 1;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .build())
            .build();

    private final JsonParser parser;
    private final Map<String, String> urls = new HashMap<>();
    private boolean isVersionKnown;

    private ConfigReader(JsonParser parser) {
        this.parser = parser;
    }

    /// @throws RpmException with a sentence, if it is not a configuration that can be used
    static RpmUrls read(byte[] json) throws RpmException {
        try (JsonParser parser = JSON.createParser(json)) {
            return new ConfigReader(parser).read();
        } catch (IOException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new RpmException("the server's configuration is not valid JSON: " + first, e);
        } catch (IllegalArgumentException e) {
            throw new RpmException("the server's configuration cannot be used: " + e.getMessage(), e);
        }
    }

    private RpmUrls read() throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "version" -> readVersion(value);
                case "urls" -> readUrls(value);
                default -> parser.skipChildren();
            }
        }
        require(parser.nextToken() == null, "there is more than one JSON object");
        require(isVersionKnown, "\"version\" is missing");
        return new RpmUrls(url("large_download_url"), url("small_download_url"), url("upload_url"));
    }

    private void readVersion(JsonToken value) throws IOException {
        require(
                value == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() == JsonParser.NumberType.INT
                        && parser.getLongValue() == VERSION,
                "its version is not 1, the only one known");
        isVersionKnown = true;
    }

    private void readUrls(JsonToken value) throws IOException {
        require(value == JsonToken.START_OBJECT, "\"urls\" is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                urls.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private URI url(String name) {
        String url = urls.get(name);
        require(url != null, "\"" + name + "\" is missing");
        return URI.create(String.valueOf(url));
    }

    private static void require(boolean isTrue, String sentence) {
        if (!isTrue) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
