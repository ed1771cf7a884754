package dev.pitot.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiler of source text in memory, in any package.
final class Fixture {
    private static final Pattern TYPE_NAME = Pattern.compile("\\b(?:class|interface|enum|record) (\\w+)");

    private Fixture() {}

    /// Compiles sources against this test's class path.
    ///
    /// @param output folder for the class files
    static JavaClasses compile(List<String> sources, Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Writer messages = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", output.toString(), "-cp", System.getProperty("java.class.path"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<JavaFileObject> units = sources.stream().map(Fixture::source).toList();
            if (!compiler.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalArgumentException("the fixture does not compile: " + messages);
            }
        }
        return new ClassFileImporter().importPath(output);
    }

    /// Returns a source file in memory, named after its first type.
    static JavaFileObject source(String text) {
        Matcher name = TYPE_NAME.matcher(text);
        String file = name.find() ? name.group(1) : "package-info";
        return new SimpleJavaFileObject(URI.create("string:///" + file + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
