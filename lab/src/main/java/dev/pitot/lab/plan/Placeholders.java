package dev.pitot.lab.plan;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words such as `{node}` in the text of a hook. `{{node}}` stands for `{node}` itself; braces
/// around anything else, as in JSON, are left alone. No text is read twice: what a value holds
/// stays as it is.
public final class Placeholders {
    /// The names that mean something.
    public static final Set<String> NAMES =
            Set.of("node", "peer", "test", "number", "repetition", "direction", "sender_address", "receiver_address");

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{([a-z_][a-z0-9_]*)\\}\\}|\\{([a-z_][a-z0-9_]*)\\}");
    private static final Pattern ENCODED_BRACE = Pattern.compile("%7[bBdD]");

    private Placeholders() {}

    /// The names that a text uses, known or not.
    public static Set<String> namesIn(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                names.add(matcher.group(2));
            }
        }
        return names;
    }

    /// The names that an address uses, where the braces are percent-encoded.
    public static Set<String> namesIn(URI address) {
        return namesIn(bracesOf(address));
    }

    /// Puts the values in; a name without a value stays as it is.
    public static String filled(String text, Map<String, String> values) {
        return filled(text, values, UnaryOperator.identity());
    }

    /// Puts the values into an address, percent-encoded.
    ///
    /// @throws IllegalArgumentException if that is no address
    public static URI filled(URI address, Map<String, String> values) {
        String text = filled(
                bracesOf(address),
                values,
                value -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        return URI.create(text.replace("{", "%7B").replace("}", "%7D"));
    }

    private static String filled(String text, Map<String, String> values, UnaryOperator<String> encode) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(replacement(match.group(1), match.group(2), values, encode)));
    }

    private static String replacement(
            @Nullable String literal, String name, Map<String, String> values, UnaryOperator<String> encode) {
        if (literal != null) {
            return "{" + literal + "}";
        }
        String value = values.get(name);
        return value == null ? "{" + name + "}" : encode.apply(value);
    }

    private static String bracesOf(URI address) {
        return ENCODED_BRACE
                .matcher(address.toString())
                .replaceAll(match -> match.group().toLowerCase(Locale.ROOT).equals("%7b") ? "{" : "}");
    }
}
