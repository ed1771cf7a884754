package dev.pitot.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Scanner of one source file that collects the violations of its budget. Its argument is the current
/// depth of `try` blocks.
final class BudgetScanner extends TreeScanner<@Nullable Void, Integer> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final LineMap lines;
    private final List<String> excesses;

    BudgetScanner(CompilationUnitTree unit, Trees trees, List<String> excesses) {
        this.unit = unit;
        this.positions = trees.getSourcePositions();
        this.lines = unit.getLineMap();
        this.excesses = excesses;
    }

    @Override
    public @Nullable Void visitCompilationUnit(CompilationUnitTree tree, Integer depth) {
        long count = lines.getLineNumber(positions.getEndPosition(unit, tree));
        note(tree, "the file", count, SourceBudget.FILE_LINES, "lines");
        note(tree, "the file", ownImports(), SourceBudget.IMPORTS, "imports of this project");
        return super.visitCompilationUnit(tree, depth);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, Integer depth) {
        if (tree.getKind() == Tree.Kind.RECORD) {
            long count = tree.getMembers().stream()
                    .filter(BudgetScanner::isComponent)
                    .count();
            note(tree, "record " + tree.getSimpleName(), count, SourceBudget.RECORD_COMPONENTS, "components");
        }
        return super.visitClass(tree, 0);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, Integer depth) {
        String name = "method " + tree.getName();
        note(tree, name, lineCount(tree), SourceBudget.METHOD_LINES, "lines");
        note(tree, name, tree.getParameters().size(), SourceBudget.PARAMETERS, "parameters");
        return super.visitMethod(tree, 0);
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, Integer depth) {
        return super.visitLambdaExpression(tree, 0);
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, Integer depth) {
        note(tree, "a try block", depth + 1, SourceBudget.TRY_DEPTH, "levels deep");
        scan(tree.getResources(), depth);
        scan(tree.getBlock(), depth + 1);
        scan(tree.getCatches(), depth);
        return scan(tree.getFinallyBlock(), depth);
    }

    private void note(Tree tree, String what, long actual, int budget, String unitName) {
        if (actual > budget) {
            long line = lines.getLineNumber(positions.getStartPosition(unit, tree));
            String file = unit.getSourceFile().getName();
            excesses.add(file + ":" + line + ": " + what + ": " + actual + " " + unitName + ", budget " + budget);
        }
    }

    /// Number of imports of this project; 0 for tests, which may use any type.
    private long ownImports() {
        boolean isTest = unit.getSourceFile().toUri().getPath().contains("/src/test/");
        return isTest
                ? 0
                : unit.getImports().stream()
                        .filter(type -> type.getQualifiedIdentifier().toString().startsWith("dev.pitot."))
                        .count();
    }

    private long lineCount(Tree tree) {
        long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
        long last = lines.getLineNumber(positions.getEndPosition(unit, tree));
        return last - first + 1;
    }

    /// True for a record component: a record has no other instance fields.
    private static boolean isComponent(Tree member) {
        return member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }
}
