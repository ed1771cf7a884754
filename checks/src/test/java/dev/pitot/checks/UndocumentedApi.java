package dev.pitot.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Finds public types and members without a doc comment. The files are parsed, not compiled.
///
/// A method that overrides another inherits its comment. An enum constant with arguments, such as
/// `TOS(21, "bad TOS value")`, is described by them.
final class UndocumentedApi extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final DocTrees trees;
    private final List<String> found = new ArrayList<>();

    private UndocumentedApi(DocTrees trees) {
        this.trees = trees;
    }

    /// Returns one line per member: file, line number, and the beginning of its declaration.
    static List<String> in(Iterable<? extends JavaFileObject> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, files);
            var scanner = new UndocumentedApi(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scan(unit, null);
            }
            return scanner.found;
        }
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        boolean isInBody = getCurrentPath().getParentPath().getLeaf() instanceof NewClassTree;
        if (isInBody || !isPublic(type.getModifiers())) {
            return null; // its members are not public either
        }
        require(type, "type " + type.getSimpleName());
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        boolean overrides = method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        if (isPublic(method.getModifiers()) && !overrides) {
            require(method, "method " + method.getName());
        }
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
        boolean isMadeWithArguments = field.getInitializer() instanceof NewClassTree made
                && isConstant()
                && !made.getArguments().isEmpty();
        if ((isPublic(field.getModifiers()) || isConstant()) && !isComponent(field) && !isMadeWithArguments) {
            require(field, "field " + field.getName());
        }
        return null;
    }

    private boolean isIn(Tree.Kind kind) {
        return getCurrentPath().getParentPath().getLeaf().getKind() == kind;
    }

    /// True for an enum constant: a field whose type is the enum's own name.
    private boolean isConstant() {
        return getCurrentPath().getLeaf() instanceof VariableTree field
                && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                && type.getKind() == Tree.Kind.ENUM
                && field.getType().toString().equals(type.getSimpleName().toString());
    }

    /// True for a record component, which is described by `@param` of its record.
    private boolean isComponent(VariableTree field) {
        return isIn(Tree.Kind.RECORD) && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private boolean isPublic(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        return flags.contains(Modifier.PUBLIC)
                || flags.contains(Modifier.PROTECTED)
                || (isIn(Tree.Kind.INTERFACE) && !flags.contains(Modifier.PRIVATE));
    }

    private void require(Tree tree, String what) {
        TreePath path = getCurrentPath();
        if (trees.getDocComment(path) == null) {
            CompilationUnitTree unit = path.getCompilationUnit();
            long start = trees.getSourcePositions().getStartPosition(unit, tree);
            String file = unit.getSourceFile().getName();
            found.add(file + ":" + unit.getLineMap().getLineNumber(start) + ": " + what);
        }
    }
}
