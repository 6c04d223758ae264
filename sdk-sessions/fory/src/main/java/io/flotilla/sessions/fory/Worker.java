package io.flotilla.sessions.fory;

import io.flotilla.codec.ApplicationClasses;
import org.apache.fory.Fory;
import org.apache.fory.resolver.SharedRegistry;

/** One Fory, and what decides on its classes. One that has failed is not used again: its state is unknown. */
record Worker(Fory fory, ClassChecker checker) {

    /** As deep as Java serialization may be nested. */
    private static final int MAX_DEPTH = 2000;

    /** What can be written must be readable: Fory's own limits, which hold for reading only, are lower. */
    private static final int MAX_FIELDS = 4096;

    private static final int MAX_FIELDS_BYTES = 1 << 20;

    static Worker of(ApplicationClasses classes, SharedRegistry shared) {
        ClassChecker checker = new ClassChecker(classes);
        Fory fory = Fory.builder()
                .withXlang(false)
                .withClassLoader(classes.loader())
                .withSharedRegistry(shared)
                .withCodegen(false) // generated classes would outlive the application
                .withRefTracking(true)
                .ignoreTimeRef(false) // dates can change, so it matters which are one
                .withCompatible(true)
                .withDeserializeUnknownClass(false)
                .serializeEnumByName(true) // a constant's position changes with its class
                .withMaxDepth(MAX_DEPTH)
                .withMaxTypeFields(MAX_FIELDS)
                .withMaxTypeMetaBytes(MAX_FIELDS_BYTES)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .withTypeChecker(checker)
                .build();
        return new Worker(fory, checker);
    }
}
