package dev.pitot.checks;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A block of Java on a documentation page: imports, and statements that use them.
///
/// @param page a file in docs
/// @param line of the page where it begins, from 1
/// @param imports qualified names
/// @param statements the rest, with its line ends
record Snippet(String page, int line, List<String> imports, String statements) {
    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("import ([\\w.]+);");

    Snippet {
        imports = List.copyOf(imports);
    }

    /// Returns all snippets of a page, in order.
    static List<Snippet> of(String page) throws IOException {
        return of(page, Files.readString(SourceTree.root().resolve("docs").resolve(page)));
    }

    static List<Snippet> of(String page, String text) {
        List<Snippet> snippets = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            List<String> imports = new ArrayList<>();
            String statements = block.group(1)
                    .lines()
                    .filter(line -> !isImport(line, imports))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            int line = (int) text.substring(0, block.start()).lines().count() + 1;
            snippets.add(new Snippet(page, line, imports, statements));
        }
        return snippets;
    }

    private static boolean isImport(String line, List<String> imports) {
        Matcher found = IMPORT.matcher(line);
        return found.matches() && imports.add(found.group(1));
    }

    /// Imports of types that the statements do not use.
    List<String> unusedImports() {
        return imports.stream()
                .filter(name -> !Pattern.compile("\\b" + name.substring(name.lastIndexOf('.') + 1) + "\\b")
                        .matcher(statements)
                        .find())
                .toList();
    }

    /// Returns the compiler's errors, with this test's class path; empty if there are none.
    String errors(Path output) throws IOException {
        String source = imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
                + "final class Snippet {\n    static void run() throws Exception {\n" + statements + "    }\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(messages, files, null, options, null, List.of(Fixture.source(source)))
                    .call();
            return compiles ? "" : messages.toString();
        }
    }

    @Override
    public String toString() {
        return "docs/" + page + ":" + line;
    }
}
