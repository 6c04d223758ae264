package io.flotilla.sessions.fory;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ClassRefusedException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.io.StreamCorruptedException;
import java.util.ConcurrentModificationException;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.resolver.TypeChecker;
import org.apache.fory.resolver.TypeResolver;
import org.jspecify.annotations.Nullable;

/**
 * Lets Fory touch those classes only that the rules allow and Java serialization would take, and remembers which it has
 * refused. Fory asks once for each class. Used by one thread at a time.
 */
final class ClassChecker implements TypeChecker {
    private final ApplicationClasses classes;
    private @Nullable IOException refusal;

    ClassChecker(ApplicationClasses classes) {
        this.classes = classes;
    }

    @Override
    public boolean checkType(TypeResolver resolver, String className) {
        try {
            Class<?> element = classes.find(className);
            while (element.isArray()) {
                element = element.getComponentType();
            }
            if (element.isPrimitive() || element.isInterface() || Serializable.class.isAssignableFrom(element)) {
                return true;
            }
            refusal = new NotSerializableException(element.getName());
            return false;
        } catch (ClassRefusedException refused) {
            refusal = refused;
            return false;
        } catch (ClassNotFoundException missing) {
            return true; // Fory finds that out itself
        }
    }

    /** What to tell of a failure to write. */
    IOException notStorable(RuntimeException failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConcurrentModificationException modified) {
                throw modified;
            }
            if (each instanceof StackOverflowError deep) {
                throw deep;
            }
        }
        if (failure instanceof InsecureException) {
            return refused(failure);
        }
        return new IOException("Fory cannot write it", failure);
    }

    /** By these rules, or by a list of Fory's own whose message begins with the class. */
    private IOException refused(RuntimeException failure) {
        if (refusal != null) {
            return refusal;
        }
        ClassRefusedException ofFory =
                new ClassRefusedException(String.valueOf(failure.getMessage()).split(" ", 2)[0]);
        ofFory.initCause(failure);
        return ofFory;
    }

    /** What to tell of a failure to read. */
    IOException notReadable(RuntimeException failure) throws ClassNotFoundException {
        if (failure instanceof InsecureException) {
            return refused(failure);
        }
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ClassNotFoundException missing) {
                throw missing;
            }
            if (each instanceof InvalidClassException changed) {
                return changed;
            }
        }
        StreamCorruptedException corrupt = new StreamCorruptedException("Fory cannot read it");
        corrupt.initCause(failure);
        return corrupt;
    }
}
