package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the references of all names, one bucket of a namespace after the other. */
final class ReferenceWalk {
    private static final Logger log = LoggerFactory.getLogger(ReferenceWalk.class);
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{64}\\.[0-9]{1,19}");

    private final Disk disk;
    private final Layout layout;
    private final Reading reading;
    private int unreadable;

    /** Reads one file. */
    interface Reading {
        Reference read(Path file) throws IOException;
    }

    /** Takes the references of one name. */
    interface Visitor {
        void visit(Reference latest, List<Reference> superseded) throws IOException;
    }

    ReferenceWalk(Disk disk, Layout layout, Reading reading) {
        this.disk = disk;
        this.layout = layout;
        this.reading = reading;
    }

    /**
     * Visits every name.
     *
     * @return how many files could not be read; they were told to the log and left out
     */
    int run(Visitor visitor) throws IOException {
        return run(bucket -> true, visitor);
    }

    /** The same, of some buckets of each namespace. */
    int run(Predicate<String> buckets, Visitor visitor) throws IOException {
        for (String namespace : disk.list(layout.references())) {
            Path directory = layout.references().resolve(namespace);
            for (String bucket : disk.list(directory)) {
                if (buckets.test(bucket)) {
                    visit(directory.resolve(bucket), visitor);
                }
            }
        }
        return unreadable;
    }

    private void visit(Path bucket, Visitor visitor) throws IOException {
        Map<String, List<String>> byName = new TreeMap<>();
        for (String each : disk.list(bucket)) {
            if (FILE.matcher(each).matches()) {
                byName.computeIfAbsent(each.substring(0, Layout.HASH), hash -> new ArrayList<>())
                        .add(each);
            }
        }
        for (List<String> files : byName.values()) {
            List<Reference> references = read(bucket, files);
            if (!references.isEmpty()) {
                visitor.visit(references.remove(references.size() - 1), references);
            }
        }
    }

    /** In the order of their generations. */
    private List<Reference> read(Path bucket, List<String> files) throws IOException {
        List<Reference> read = new ArrayList<>();
        for (String each : files) {
            try {
                read.add(reading.read(bucket.resolve(each)));
            } catch (NoSuchFileException gone) {
                log.debug("a reference was removed meanwhile");
            } catch (ReferenceText.Unreadable damaged) {
                unreadable(bucket.resolve(each), damaged);
            }
        }
        read.sort(Comparator.comparingLong(Reference::generation));
        return read;
    }

    /** The hash in the file's name tells nothing of the object's. */
    private void unreadable(Path file, IOException damaged) {
        unreadable++;
        log.error("the reference in {} cannot be read; its object is not there until it is restored", file, damaged);
    }
}
