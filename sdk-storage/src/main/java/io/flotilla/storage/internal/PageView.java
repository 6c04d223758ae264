package io.flotilla.storage.internal;

import io.flotilla.storage.ObjectPage;
import io.flotilla.storage.StoredObject;
import java.util.List;
import java.util.Optional;

/** A part of a listing; made of one object more than fit, where there are. */
record PageView(List<StoredObject> objects, Optional<String> next) implements ObjectPage {

    static PageView of(List<ObjectView> found, int limit) {
        List<StoredObject> shown =
                found.stream().limit(limit).map(StoredObject.class::cast).toList();
        boolean more = found.size() > limit;
        return new PageView(shown, more ? Optional.of(shown.get(limit - 1).name()) : Optional.empty());
    }
}
