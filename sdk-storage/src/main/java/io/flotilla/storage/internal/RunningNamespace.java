package io.flotilla.storage.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.spi.Check;
import io.flotilla.storage.Namespace;
import io.flotilla.storage.ObjectContent;
import io.flotilla.storage.ObjectPage;
import io.flotilla.storage.ObjectWriter;
import io.flotilla.storage.PutOptions;
import io.flotilla.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace of a running cluster. */
final class RunningNamespace implements Namespace {
    private static final int LONGEST_PAGE = 1000;

    private final RunningStorage storage;
    private final String name;

    RunningNamespace(RunningStorage storage, String name) {
        this.storage = storage;
        this.name = Names.namespace(requireNonNull(name, "name"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public StoredObject put(String object, InputStream bytes, Consumer<PutOptions> options) throws IOException {
        requireNonNull(bytes, "bytes");
        return storage.metrics().measured("put", () -> {
            try (Upload upload = upload(object, options)) {
                upload.readAll(bytes);
                return upload.commit();
            }
        });
    }

    @Override
    public ObjectWriter write(String object, Consumer<PutOptions> options) {
        return upload(object, options);
    }

    private Upload upload(String object, Consumer<PutOptions> options) {
        String checked = Names.object(requireNonNull(object, "name"));
        PutRequest request = storage.request(requireNonNull(options, "options"));
        return new Upload(storage.objects(), name, checked, request);
    }

    @Override
    public Optional<StoredObject> stat(String object) {
        String checked = Names.object(requireNonNull(object, "name"));
        return storage.metrics()
                .measured("stat", () -> storage.objects().stat(name, checked).map(StoredObject.class::cast));
    }

    @Override
    public Optional<ObjectContent> open(String object) {
        String checked = Names.object(requireNonNull(object, "name"));
        return storage.metrics()
                .measured("open", () -> storage.objects().open(name, checked).map(ObjectContent.class::cast));
    }

    @Override
    public ObjectPage list(String prefix, String after, int limit) {
        String begins = Names.beginning(requireNonNull(prefix, "prefix"), "storage.prefix");
        String cursor = Names.beginning(requireNonNull(after, "after"), "storage.after");
        Check.that(
                limit >= 1 && limit <= LONGEST_PAGE,
                "storage.limit must be between 1 and %d, was %d",
                LONGEST_PAGE,
                limit);
        return storage.metrics()
                .measured("list", () -> PageView.of(storage.objects().list(name, begins, cursor, limit + 1), limit));
    }

    @Override
    public StoredObject copy(String object, Namespace target, String targetName, Consumer<PutOptions> options) {
        String from = Names.object(requireNonNull(object, "name"));
        String to = Names.object(requireNonNull(targetName, "targetName"));
        String toSpace = requireNonNull(target, "target").name();
        PutRequest request = storage.request(requireNonNull(options, "options"));
        return storage.metrics().measured("copy", () -> storage.objects().copy(name, from, toSpace, to, request));
    }

    @Override
    public StoredObject move(String object, Namespace target, String targetName, Consumer<PutOptions> options) {
        Optional<StoredObject> original = stat(object);
        StoredObject moved = copy(object, target, targetName, options);
        original.ifPresent(each -> {
            boolean stays = moved.namespace().equals(name) && moved.name().equals(object);
            if (!stays && each.sha256().equals(moved.sha256())) {
                boolean unused = delete(object, each.generation());
            }
        });
        return moved;
    }

    @Override
    public boolean delete(String object) {
        return delete(object, null);
    }

    @Override
    public boolean delete(String object, long ifGeneration) {
        return delete(object, (Long) ifGeneration);
    }

    private boolean delete(String object, @Nullable Long ifGeneration) {
        String checked = Names.object(requireNonNull(object, "name"));
        return storage.metrics().measured("delete", () -> storage.objects().delete(name, checked, ifGeneration));
    }
}
