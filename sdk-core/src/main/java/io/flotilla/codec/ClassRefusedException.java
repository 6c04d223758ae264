package io.flotilla.codec;

import java.io.InvalidClassException;

/**
 * A {@linkplain ValueCodec codec} has met a class whose objects may not be read. Applications never see it.
 *
 * @since 0.1
 */
public final class ClassRefusedException extends InvalidClassException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param className the class
     */
    public ClassRefusedException(String className) {
        super(className, "its objects may not be read");
    }
}
