package dev.pitot.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Size limits of source files. The limits are the 90th and 99th percentiles of readable code: a file
/// over its budget usually covers two subjects, a method over its budget two actions.
final class SourceBudget {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int PARAMETERS = 6;
    static final int RECORD_COMPONENTS = 6;
    static final int IMPORTS = 25; // of types of this project, in a main file
    static final int TRY_DEPTH = 2; // a try within a try, but no deeper

    private SourceBudget() {}

    /// Returns the violations, one sentence each. The files are parsed, not compiled.
    static List<String> excesses(Iterable<? extends JavaFileObject> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> excesses = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, files);
            for (CompilationUnitTree unit : task.parse()) {
                new BudgetScanner(unit, Trees.instance(task), excesses).scan(unit, 0);
            }
        }
        return excesses;
    }
}
