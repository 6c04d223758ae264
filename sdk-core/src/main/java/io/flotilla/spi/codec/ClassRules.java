package io.flotilla.spi.codec;

import io.flotilla.spi.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which classes' objects may be read, decided by name, so that a refused class is not even loaded. Without patterns that is
 * all but the known gadgets; with patterns, what they name and the plain types of the JDK. Thread-safe.
 */
final class ClassRules {
    private static final Pattern FORM = Pattern.compile("(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\.)*"
            + "(\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*|\\*|\\*\\*)");
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    private final Set<String> named = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final List<String> trees = new ArrayList<>();
    private final boolean all;

    ClassRules(List<String> patterns) {
        all = patterns.isEmpty();
        for (String each : patterns) {
            if (each.endsWith("**")) {
                trees.add(each.substring(0, each.length() - 2));
            } else if (each.endsWith("*")) {
                packages.add(each.substring(0, each.length() - 1));
            } else {
                named.add(each);
            }
        }
    }

    static void check(String setting, String pattern) {
        Check.that(
                FORM.matcher(pattern).matches(),
                "%s must name classes (com.shop.Cart), packages (com.shop.*) or packages with all below them (com.shop.**),"
                        + " was %s",
                setting,
                pattern);
    }

    boolean allows(String className) {
        String element = element(className);
        if (PRIMITIVES.contains(element) || isNamed(element)) {
            return true;
        }
        if (Gadgets.isKnown(element)) {
            return false;
        }
        return all || PlainTypes.isPlain(element) || isInPackage(element);
    }

    /** A class that is named stands for those nested in it, too. */
    private boolean isNamed(String element) {
        if (named.isEmpty()) {
            return false;
        }
        for (int end = element.length(); end > 0; end = element.lastIndexOf('$', end - 1)) {
            if (named.contains(element.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private boolean isInPackage(String element) {
        return packages.contains(element.substring(0, element.lastIndexOf('.') + 1))
                || trees.stream().anyMatch(element::startsWith);
    }

    /** The type of an array's elements, for anything else the type itself. */
    private static String element(String className) {
        int dimensions = 0;
        while (dimensions < className.length() && className.charAt(dimensions) == '[') {
            dimensions++;
        }
        if (dimensions == 0) {
            return className;
        }
        boolean ofObjects = className.startsWith("L", dimensions) && className.endsWith(";");
        return ofObjects ? className.substring(dimensions + 1, className.length() - 1) : "int";
    }
}
