package dev.pitot.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reader of YAML files into maps and lists. A key that occurs twice is an error.
final class YamlFile {
    private YamlFile() {}

    static Map<String, Object> read(Path file) throws IOException {
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(false).build();
        return map(new Load(settings).loadFromString(Files.readString(file)));
    }

    /// Returns a value as a map, with "" for keys without a value; empty if it is absent or not a map.
    static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(key.toString(), member == null ? "" : member));
        }
        return copy;
    }

    /// Returns a value as a list of maps; empty if it is absent or not a list.
    static List<Map<String, Object>> maps(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream().map(YamlFile::map).toList() : List.of();
    }

    /// Returns a member of a map as text; empty if it is absent.
    static String text(Map<String, Object> map, String key) {
        return Objects.toString(map.get(key), "");
    }
}
