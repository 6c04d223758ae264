package io.flotilla.codec;

/**
 * The classes that the values of one application may be of. Thread-safe.
 *
 * @since 0.1
 */
public interface ApplicationClasses {

    /**
     * Returns the application's class loader.
     *
     * @return the loader
     */
    ClassLoader loader();

    /**
     * Tells whether objects of a class may be read: the setting {@code allowClasses} of the module decides.
     *
     * @param className as {@link Class#getName()} gives it; an array is judged by its elements
     * @return true if they may
     */
    boolean allows(String className);

    /**
     * Finds a class as the application would, without initializing it.
     *
     * @param className as {@link Class#getName()} gives it: of a class, an array or a primitive type
     * @return the class
     * @throws ClassRefusedException if it is not {@linkplain #allows allowed}; it is not loaded then
     * @throws ClassNotFoundException if it is not in the application
     */
    Class<?> find(String className) throws ClassRefusedException, ClassNotFoundException;
}
