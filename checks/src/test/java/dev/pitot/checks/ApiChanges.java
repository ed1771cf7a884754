package dev.pitot.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Differences between two listings of a module's public API ([ApiListing]), each a sentence with what it
/// breaks.
final class ApiChanges {
    private static final String BREAKS_NOBODY = "breaks nobody";
    private static final String BREAKS_USERS = "breaks programs that use it";

    /// Words of a declaration that bind those who use it: without them they may do more.
    private static final Set<String> BINDING = Set.of("final", "abstract", "protected");

    /// Words of a declaration that say nothing to those who use it.
    private static final Set<String> OTHER = Set.of("default", "@Deprecated");

    private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record) ([\\w.]+)");
    private static final Pattern MEMBER = Pattern.compile("\\w+(?:\\(.*\\)|$)");

    private ApiChanges() {}

    /// Returns one sentence per difference, in the order of the listings; none if they are equal.
    static List<String> between(List<String> before, List<String> after) {
        Map<String, Declared> old = types(before);
        Map<String, Declared> now = types(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Declared was = old.get(name);
            Declared is = now.get(name);
            if (was == null) {
                found.add(name + " was added: " + BREAKS_NOBODY + ".");
            } else if (is == null) {
                found.add(name + " was removed: " + BREAKS_USERS + ".");
            } else {
                within(was, is).map(text -> name + ": " + text + ".").forEach(found::add);
            }
        }
        return found;
    }

    private static Stream<String> within(Declared was, Declared is) {
        Set<String> keys = new LinkedHashSet<>(was.members.keySet());
        keys.addAll(is.members.keySet());
        Stream<String> members = keys.stream()
                .map(key -> difference(is.header, was.members.getOrDefault(key, ""), is.members.getOrDefault(key, "")));
        return Stream.concat(Stream.of(difference("", was.header, is.header)), members)
                .filter(text -> !text.isEmpty());
    }

    /// One change in words, or the empty string if there is none.
    ///
    /// @param type declaration of the type of a member
    /// @param was declaration before, empty if it is new
    private static String difference(String type, String was, String is) {
        if (was.equals(is)) {
            return "";
        }
        if (was.isEmpty()) {
            return "`" + is + "` was added: " + brokenByAddition(type, is);
        }
        if (is.isEmpty()) {
            return "`" + was + "` was removed: " + BREAKS_USERS;
        }
        return "`" + was + "` is now `" + is + "`: " + (isLoosened(was, is) ? BREAKS_NOBODY : BREAKS_USERS);
    }

    private static boolean isLoosened(String was, String is) {
        List<String> before = words(was);
        return words(is).stream().filter(BINDING::contains).allMatch(before::contains)
                && substance(was).equals(substance(is));
    }

    private static List<String> substance(String declaration) {
        return words(declaration).stream()
                .filter(word -> !BINDING.contains(word) && !OTHER.contains(word))
                .toList();
    }

    private static List<String> words(String declaration) {
        return List.of(declaration.split(" ", -1));
    }

    private static String brokenByAddition(String type, String member) {
        if (words(member).contains("abstract") && !type.startsWith("sealed ")) {
            return "breaks programs that implement the type, unless it gets a default";
        }
        if (member.startsWith("permits ") || member.startsWith("constant ")) {
            return "breaks programs that switch over the type without a default";
        }
        return BREAKS_NOBODY;
    }

    private static Map<String, Declared> types(List<String> lines) {
        Map<String, Declared> types = new LinkedHashMap<>();
        Declared last = null;
        for (String line : lines) {
            if (line.startsWith("    ") && last != null) {
                last.members.put(key(line.strip()), line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                last = new Declared(line, new LinkedHashMap<>());
                Matcher name = TYPE.matcher(line);
                types.put(name.find() ? name.group(1) : line, last);
            }
        }
        return types;
    }

    /// What two versions of a member have in common: the name, and the parameters of a method. A supertype or
    /// subtype is there or not.
    static String key(String member) {
        Matcher name = MEMBER.matcher(member);
        boolean isType = member.matches("(?:extends|implements|permits) .*");
        return !isType && name.find() ? name.group() : member;
    }

    /// A type and its members by what identifies them.
    private record Declared(String header, Map<String, String> members) {}
}
