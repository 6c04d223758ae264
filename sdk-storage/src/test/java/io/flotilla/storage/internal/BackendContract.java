package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend does. */
public abstract class BackendContract {
    protected static final Duration GRACE = Duration.ofHours(24);

    protected final TestTime time = new TestTime(farInTheFuture());

    /** So that files which a real disk stamps with the present are old enough to be swept. */
    private static java.time.Instant farInTheFuture() {
        return java.time.Instant.parse("2126-01-01T00:00:00Z");
    }

    /** The backend, the same at every call but for a new process. */
    protected abstract Backend backend() throws IOException;

    private static final Content CONTENT =
            new Content(blob("text"), 4, "text/plain", Map.of("owner", "ünï\"\\"), 3, Content.NEVER);

    private static BlobKey blob(String text) {
        return new BlobKey(StorageTests.sha256(text), "txt");
    }

    private static Reference reference(long base, long generation, String operation) {
        return new Reference("photos", "a/ä ☃", base, generation, operation, CONTENT);
    }

    private BlobKey publish(String text) throws IOException {
        try (Draft draft = backend().draft()) {
            draft.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            draft.publish(blob(text));
            return blob(text);
        }
    }

    private String read(BlobKey blob) throws IOException {
        try (Input in = backend().open(blob)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
            assertThat(in.read(bytes, 0)).isEqualTo(bytes.capacity());
            assertThat(in.read(ByteBuffer.allocate(1), in.size())).isEqualTo(-1);
            return new String(bytes.array(), UTF_8);
        }
    }

    private List<Reference> references() throws IOException {
        List<Reference> all = new ArrayList<>();
        backend().forEachReference(all::add);
        return all;
    }

    @Test
    void anotherProcessReadsWhatWasPublished() throws IOException {
        BlobKey blob = publish("text");
        assertThat(read(blob)).isEqualTo("text");
    }

    @Test
    void theSameBytesMayBePublishedTwice() throws IOException {
        publish("text");
        assertThat(read(publish("text"))).isEqualTo("text");
    }

    @Test
    void aDraftThatIsThrownAwayIsNowhere() throws IOException {
        try (Draft draft = backend().draft()) {
            draft.write(ByteBuffer.wrap("text".getBytes(UTF_8)));
        }
        assertThatThrownBy(() -> read(blob("text"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsNotThereCannotBeOpenedOrHeld() {
        assertThatThrownBy(() -> backend().open(blob("x"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> backend().hold(blob("x"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aBaseHasOneFollower() throws IOException {
        Reference first = reference(0, 10, "first");
        assertThat(backend().append(first)).isEqualTo(first);
        assertThat(backend().append(reference(0, 11, "late"))).isEqualTo(first);
        Reference second = reference(10, 12, "second");
        assertThat(backend().append(second)).isEqualTo(second);
        assertThat(references()).containsExactly(second);
    }

    @Test
    void aReferenceIsReadAsItWasWritten() throws IOException {
        Reference deleted = new Reference("photos", "deleted", 0, 4, "op", null);
        backend().append(deleted);
        backend().append(reference(0, 10, "first"));
        assertThat(references()).containsExactlyInAnyOrder(deleted, reference(0, 10, "first"));
    }

    @Test
    void whatIsRetractedIsGone() throws IOException {
        Reference first = reference(0, 10, "first");
        backend().append(first);
        Reference second = reference(10, 11, "second");
        backend().append(second);
        backend().retract(second);
        assertThat(references()).containsExactly(first);
    }

    @Test
    void aBlobWithoutAReferenceIsSweptAndOneWithStays() throws IOException {
        BlobKey orphan = publish("orphan");
        BlobKey used = publish("text");
        backend().append(reference(0, time.clock().millis(), "first"));
        sweep();
        assertThat(read(orphan)).as("from the trash").isEqualTo("orphan");
        sweep();
        time.advance(GRACE.plusSeconds(1));
        sweep();
        sweep();
        assertThatThrownBy(() -> read(orphan)).isInstanceOf(NoSuchFileException.class);
        assertThat(read(used)).isEqualTo("text");
    }

    @Test
    void whoReadsOrHoldsABlobKeepsItsBytes() throws IOException {
        BlobKey orphan = publish("orphan");
        try (Input in = backend().open(orphan);
                Draft hold = backend().hold(orphan)) {
            sweep();
            time.advance(GRACE.plusSeconds(1));
            sweepTrashOnly();
            assertThat(in.read(ByteBuffer.allocate(9), 0)).isEqualTo(6);
            hold.publish(new BlobKey(orphan.sha256(), "png"));
        }
        assertThat(read(new BlobKey(orphan.sha256(), "png"))).isEqualTo("orphan");
    }

    /** A sweep by the time at which nothing but the trash is old enough. */
    private void sweepTrashOnly() throws IOException {
        sweep(time.clock().millis() - 1_500);
    }

    private void sweep() throws IOException {
        sweep(time.clock().millis());
    }

    private void sweep(long now) throws IOException {
        backend().sweep(new NothingLives(now));
    }

    @Test
    protected void aNameThatWasDeletedLongAgoIsForgotten() throws IOException {
        backend().append(reference(0, 10, "first"));
        backend().append(new Reference("photos", "a/ä ☃", 10, 11, "deleted", null));
        sweep();
        assertThat(references()).isEmpty();
    }

    @Test
    void whatReplacedAnotherALittleAgoDoesNotMakeRoomForLateWriters() throws IOException {
        Reference first = reference(0, 10, "first");
        backend().append(first);
        backend().append(reference(10, time.clock().millis(), "second"));
        sweep();
        assertThat(backend().append(reference(0, 12, "late"))).isEqualTo(first);
        time.advance(GRACE.plusSeconds(1));
        sweep();
        Reference late = reference(0, 12, "late");
        assertThat(backend().append(late)).isEqualTo(late);
    }
}
