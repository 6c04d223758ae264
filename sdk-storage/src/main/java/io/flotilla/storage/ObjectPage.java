package io.flotilla.storage;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing. Immutable.
 *
 * @since 0.1
 */
public interface ObjectPage {

    /**
     * Returns the objects.
     *
     * @return some objects, in the order of their names
     */
    List<StoredObject> objects();

    /**
     * Returns where the next part begins.
     *
     * @return what to give {@link Namespace#list} as {@code after}; nothing if this is the last part
     */
    Optional<String> next();
}
