package io.flotilla.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every index does. */
public final class ReferenceIndexContract {
    private static final String SPACE = "photos";

    private final ReferenceIndex index;

    public ReferenceIndexContract(ReferenceIndex index) {
        this.index = index;
    }

    /** All of it, on an empty index. */
    public void holds() {
        takesFollowersOnly();
        takesWhatIsLaterOnDisk();
        forgetsTheOneItIsTold();
        listsInOrder();
        countsAndNamesTheLiving();
    }

    private static Reference reference(String name, long base, long generation, String operation) {
        return new Reference(SPACE, name, base, generation, operation, content('a', Content.NEVER));
    }

    static Content content(char digit, long expires) {
        BlobKey blob = new BlobKey(String.valueOf(digit).repeat(64), "png");
        return new Content(blob, 5, "image/png", Map.of("k", "v"), 7, expires);
    }

    private void takesFollowersOnly() {
        Reference first = reference("a", 0, 10, "first");
        Reference second = reference("a", 10, 20, "second");
        assertThat(index.find(SPACE, "a")).isNull();
        assertThat(index.added(second)).as("nothing to follow").isFalse();
        assertThat(index.added(first)).isTrue();
        assertThat(index.added(first)).as("told once more").isTrue();
        assertThat(index.find(SPACE, "a")).isEqualTo(first);
        assertThat(index.added(reference("a", 0, 30, "late"))).isFalse();
        assertThat(index.added(second)).isTrue();
        assertThat(index.added(reference("a", 10, 40, "late"))).isFalse();
        assertThat(index.find(SPACE, "a")).isEqualTo(second);
    }

    private void takesWhatIsLaterOnDisk() {
        Reference later = reference("a", 20, 30, "later");
        index.found(later);
        index.found(reference("a", 10, 20, "second"));
        assertThat(index.find(SPACE, "a")).isEqualTo(later);
    }

    private void forgetsTheOneItIsTold() {
        index.forget(reference("a", 10, 20, "second"));
        assertThat(index.find(SPACE, "a")).isNotNull();
        index.forget(reference("a", 20, 30, "later"));
        assertThat(index.find(SPACE, "a")).isNull();
    }

    private void listsInOrder() {
        for (String each : List.of("b/2", "c", "b/1", "b/3")) {
            assertThat(index.added(reference(each, 0, 1, each))).isTrue();
        }
        assertThat(index.added(new Reference(SPACE, "b/4", 0, 1, "b/4", content('b', 50))))
                .isTrue();
        assertThat(index.added(new Reference("other", "b/0", 0, 1, "b/0", content('c', Content.NEVER))))
                .isTrue();
        assertThat(index.added(new Reference(SPACE, "b/1", 1, 2, "b/1 deleted", null)))
                .isTrue();
        assertThat(names("b/", "", 10, 49)).containsExactly("b/2", "b/3", "b/4");
        assertThat(names("b/", "", 10, 50)).as("one has expired").containsExactly("b/2", "b/3");
        assertThat(names("", "b/2", 1, 50)).containsExactly("b/3");
        assertThat(names("", "b/3", 2, 50)).containsExactly("c");
        assertThat(names("x", "", 2, 50)).isEmpty();
    }

    private List<String> names(String prefix, String after, int limit, long now) {
        return index.list(SPACE, prefix, after, limit, now).stream()
                .map(Reference::name)
                .toList();
    }

    private void countsAndNamesTheLiving() {
        assertThat(index.usage(SPACE, 49)).isEqualTo(new ReferenceIndex.Usage(4, 20));
        assertThat(index.usage(SPACE, 50)).isEqualTo(new ReferenceIndex.Usage(3, 15));
        ReferenceIndex.Snapshot living = index.living();
        assertThat(living.blobs().contains(content('a', 0).blob().hash())).isTrue();
        assertThat(living.blobs().contains(content('b', 0).blob().hash())).isTrue();
        assertThat(living.blobs().contains(content('d', 0).blob().hash())).isFalse();
        @Nullable Reference known = index.find(SPACE, "c");
        assertThat(known).isNotNull();
        assertThat(living.knows(reference("c", 0, 1, "c"))).isTrue();
        assertThat(living.knows(reference("c", 0, 1, "another"))).isFalse();
    }
}
